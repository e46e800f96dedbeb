/** The doses that a country's lines come to for one antigen, in order of age. */
import { about, parseReportedAge } from './ages.ts'
import type { NationalLine } from './source.ts'

export interface NationalDose {
  /** recommended age; none for a dose that follows another */
  readonly from?: string
  readonly overdue?: string
  /** recommended interval after the dose before */
  readonly after?: string
  readonly codes: readonly string[]
  readonly somePlaces: boolean
  readonly sex?: 'female'
  readonly own?: { readonly after?: string; readonly max?: string }
}

export type LineVaccines = (line: NationalLine) => readonly { readonly codes: readonly string[]; readonly antigens: readonly string[] }[]

/** Several lines with a dose at the same age are one dose, to be given as any of their vaccines. */
export function dosesOf(lines: readonly NationalLine[], antigen: string, vaccinesOf: LineVaccines): readonly NationalDose[] {
  const found = lines.flatMap((line) => {
    const codes = vaccinesOf(line).filter(({ antigens }) => antigens.includes(antigen)).flatMap((vaccine) => vaccine.codes)
    if (codes.length === 0) return []
    let at = 0
    return line.doses.map((token, index): NationalDose & { readonly at: number } => {
      const reported = parseReportedAge(token)
      at = reported.kind === 'age' ? about(reported.from) : at + about(reported.period)
      const own = line.own?.[String(index + 1)]
      return {
        at, codes, somePlaces: line.somePlaces === true,
        ...(reported.kind === 'age' ? { from: reported.from, ...(reported.overdue === undefined ? {} : { overdue: reported.overdue }) } : { after: reported.period }),
        ...(line.sex === undefined ? {} : { sex: line.sex }), ...(own === undefined ? {} : { own }),
      }
    })
  }).toSorted((a, b) => a.at - b.at)
  const merged: (NationalDose & { readonly at: number })[] = []
  for (const dose of found) {
    const last = merged.at(-1)
    if (last !== undefined && last.at === dose.at) merged[merged.length - 1] = { ...last, codes: [...new Set([...last.codes, ...dose.codes])], somePlaces: last.somePlaces && dose.somePlaces }
    else merged.push(dose)
  }
  return merged
}
