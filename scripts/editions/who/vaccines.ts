/**
 * The vaccines of the WHO edition: what CDC's table says a code holds, and what that table has no code for (sources/who-2025/vaccines.json).
 * A vaccine is called by its CVX code where NUVA knows one that means the same, otherwise by the NUVA code of the abstract vaccine.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ScheduleData } from '@bairn/immunization'
import { ROOT } from '../../boundaries.ts'
import type { Span, VaccineFacts } from '../planned.ts'

export const WHO_SOURCES = path.join(ROOT, 'scripts/editions/sources/who-2025')
export const readWho = <T>(file: string): T => JSON.parse(readFileSync(path.join(WHO_SOURCES, file), 'utf8')) as T

interface VaccineSource {
  readonly fromCdsi: readonly string[]
  readonly leftOut: readonly string[]
  /** antigens of CDC's table that stand here as several, each with its codes */
  readonly renamed: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** antigens that CDC's table does not tell apart, with the codes that hold them beside what that table says */
  readonly holdsToo: Readonly<Record<string, readonly string[]>>
  readonly extra: Readonly<Record<string, { readonly name: string; readonly antigens: readonly string[]; readonly nuva: string }>>
  readonly ages: readonly (Span & { readonly codes: readonly string[]; readonly antigens: readonly string[]; readonly source: string })[]
  readonly notCounted: Readonly<Record<string, { readonly codes: readonly string[]; readonly why: string }>>
  readonly live: { readonly codes: readonly string[]; readonly interval: string; readonly source: string }
}

export const readCdsi = (): ScheduleData => JSON.parse(readFileSync(path.join(ROOT, 'knowledge/immunization/cdsi-4.64/schedule.json'), 'utf8')) as ScheduleData

/** Which vaccines hold which antigens. */
export function whoVaccines(): { readonly rows: ScheduleData['vaccines']; readonly facts: VaccineFacts; readonly conflicts: ScheduleData['conflicts'] } {
  const source = readWho<VaccineSource>('vaccines.json')
  const held = new Map<string, { readonly name: string; readonly antigens: string[] }>()
  const add = (code: string, name: string, antigen: string): void => {
    const found = held.get(code) ?? { name, antigens: [] }
    if (!found.antigens.includes(antigen)) found.antigens.push(antigen)
    held.set(code, found)
  }
  for (const [code, { name, antigens }] of Object.entries(readCdsi().vaccines)) {
    if (source.leftOut.includes(code)) continue
    for (const { antigen } of antigens) {
      if (!source.fromCdsi.includes(antigen)) continue
      const names = Object.entries(source.renamed[antigen] ?? { [antigen]: [code] }).filter(([, codes]) => codes.includes(code)).map(([own]) => own)
      if (names.length === 0) throw new Error(`vaccine ${code}: what it holds of ${antigen} is not said`)
      for (const own of names) add(code, name, own)
    }
  }
  for (const [antigen, codes] of Object.entries(source.holdsToo)) for (const code of codes) add(code, held.get(code)?.name ?? '', antigen)
  for (const [code, { name, antigens }] of Object.entries(source.extra)) for (const antigen of antigens) add(code, name, antigen)
  const codes = [...held.keys()].toSorted()
  const holding = (antigen: string): readonly string[] => codes.filter((code) => held.get(code)?.antigens.includes(antigen) === true)
  return {
    rows: Object.fromEntries(codes.map((code) => [code, { name: held.get(code)?.name ?? '', antigens: (held.get(code)?.antigens ?? []).map((antigen) => ({ antigen })) }])),
    facts: {
      holding,
      countedFor: (antigen) => holding(antigen).filter((code) => source.notCounted[antigen]?.codes.includes(code) !== true),
      span: (code, antigen) => {
        const found = source.ages.find((one) => one.codes.includes(code) && one.antigens.includes(antigen))
        return { ...(found?.begin === undefined ? {} : { begin: found.begin }), ...(found?.end === undefined ? {} : { end: found.end }) }
      },
    },
    conflicts: source.live.codes.map((previous) => ({ previous, current: source.live.codes, begin: '1 day', minEnd: source.live.interval, end: source.live.interval })),
  }
}
