/** Reads CDC's cases (golden/README.md) and says, row by row, what differs from them. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { formatDay, parseDay, type Day } from '@bairn/quantities'
import papaparse from 'papaparse'
import { immunize } from '../immunize.ts'
import type { ImmunizationEdition } from '../edition.ts'
import type { SeriesStatus } from '../forecast.ts'
import type { EvaluationStatus, ImmunizationFacts } from '../patient.ts'

export type CaseRow = Readonly<Record<string, string>>
export const WORKBOOKS = { healthy: 'healthy-v4.45', underlying: 'underlying-v4.6' } as const
export type Workbook = keyof typeof WORKBOOKS

export function readCases(workbook: Workbook): readonly CaseRow[] {
  const text = gunzipSync(readFileSync(path.join(import.meta.dirname, '../golden', `${WORKBOOKS[workbook]}.csv.gz`))).toString('utf8')
  return papaparse.parse<CaseRow>(text, { header: true, skipEmptyLines: true }).data
}

const GROUPS: Readonly<Record<string, string>> = {
  DTAP: 'DTaP/Tdap/Td', DTaP: 'DTaP/Tdap/Td', POL: 'Polio', IPOL: 'Polio', FLU: 'Influenza', Flu: 'Influenza', HIB: 'Hib', PCV: 'Pneumococcal',
  MCV: 'Meningococcal', MENB: 'Meningococcal B', ROTA: 'Rotavirus', Rota: 'Rotavirus', VAR: 'Varicella', ZOSTER: 'Zoster',
}
export const groupOf = (row: CaseRow): string => GROUPS[row['Vaccine_Group'] ?? ''] ?? row['Vaccine_Group'] ?? ''

const STATUS: Readonly<Record<SeriesStatus, string>> = {
  notComplete: 'not complete', complete: 'complete', immune: 'immune', contraindicated: 'contraindicated', agedOut: 'aged out', notRecommended: 'not recommended',
}
const EVALUATION: Readonly<Record<EvaluationStatus, string>> = { valid: 'valid', notValid: 'not valid', extraneous: 'extraneous', subStandard: 'sub-standard' }
const REASON: Readonly<Record<string, string>> = {
  'age: too young': 'age.tooYoung', 'age: too old': 'age.tooOld', 'interval: too soon': 'interval.tooSoon', 'interval too soon': 'interval.tooSoon', 'live virus conflict': 'conflict.liveVirus',
  'series already complete': 'satisfy.seriesComplete', 'inadvertent vaccine': 'inadvertent.vaccine', 'not a preferable or allowable vaccine': 'vaccine.notAllowed',
}

const dayOr = (text: string | undefined): Day | undefined => {
  const parsed = parseDay(text ?? '')
  return parsed.ok ? parsed.value : undefined
}
const day = (text: string | undefined): Day => {
  const found = dayOr(text)
  if (found === undefined) throw new Error(`not a day in the cases: '${text}'`)
  return found
}

export function factsOf(row: CaseRow): { readonly facts: ImmunizationFacts; readonly assessment: Day } {
  const sex = (row['gender'] ?? row['Gender'] ?? '').trim().charAt(0).toUpperCase()
  const numbers = [1, 2, 3, 4, 5, 6, 7]
  return {
    assessment: day(row['Assessment_Date']),
    facts: {
      birthDate: day(row['DOB']), sex: sex === 'F' ? 'female' : sex === 'M' ? 'male' : 'unknown',
      doses: numbers.filter((n) => (row[`Date_Administered_${n}`] ?? '') !== '').map((n) => ({
        id: `d${n}`, date: day(row[`Date_Administered_${n}`]), cvx: (row[`CVX_${n}`] ?? '').padStart(2, '0'), ...((row[`MVX_${n}`] ?? '') === '' ? {} : { mvx: row[`MVX_${n}`] as string }),
      })),
      observations: [...numbers.filter((n) => (row[`Observation_Code_${n}`] ?? '') !== '').map((n) => {
        const date = dayOr(row[`Observation_Date_${n}`])
        return { code: (row[`Observation_Code_${n}`] as string).padStart(3, '0'), ...(date === undefined ? {} : { date }) }
      }), ...((row['Med_History_Code'] ?? '') === '' ? [] : [{ code: (row['Med_History_Code'] as string).padStart(3, '0') }])],
    },
  }
}

/** What differs from the row, and the expected reasons that are not among those given. */
export function compareCase(row: CaseRow, workbook: Workbook, edition: ImmunizationEdition, strict: boolean): { readonly differences: readonly string[]; readonly reasonsMissed: readonly string[]; readonly reasons: number } {
  const { facts, assessment } = factsOf(row)
  const found = immunize(facts, edition, { assessment, strict })
  const group = groupOf(row)
  const own = found.forecasts.filter(({ vaccineGroup }) => vaccineGroup === group)
  const [standard, risk] = [own.find(({ seriesType }) => seriesType === 'standard'), own.find(({ seriesType }) => seriesType === 'risk')]
  const riskSpeaks = workbook === 'underlying' && risk !== undefined && ['notComplete', 'contraindicated', 'complete'].includes(risk.status)
  const forecast = riskSpeaks ? risk : standard ?? risk
  const differences: string[] = []
  const same = (what: string, wanted: string | undefined, got: string | number | undefined): void => {
    if ((wanted ?? '').trim().toLowerCase() !== String(got ?? '').toLowerCase()) differences.push(`${what}: wanted ${wanted === '' ? 'none' : wanted}, got ${got ?? 'none'}`)
  }
  same('status', row['Series_Status'], forecast === undefined ? undefined : STATUS[forecast.status])
  same('number', row['Forecast_#'] === '-' ? '' : row['Forecast_#'], forecast?.doseNumber)
  same('earliest', row['Earliest_Date'], forecast?.earliest === undefined ? undefined : formatDay(forecast.earliest))
  same('recommended', row['Recommended_Date'], forecast?.recommended === undefined ? undefined : formatDay(forecast.recommended))
  same('past due', row['Past_Due_Date'], forecast?.pastDue === undefined ? undefined : formatDay(forecast.pastDue))
  const reasonsMissed: string[] = []
  let reasons = 0
  for (const { id } of facts.doses) {
    const n = id.slice(1)
    const wanted = (row[`Evaluation_Status_${n}`] ?? '').trim()
    const all = found.evaluations.filter(({ dose }) => dose.id === id)
    const inGroup = all.filter(({ vaccineGroup }) => vaccineGroup === group)
    const judged = inGroup.length > 0 ? inGroup : all
    const status = (['valid', 'extraneous', 'notValid', 'subStandard'] as const).find((each) => judged.some((one) => one.status === each))
    if (wanted !== '') same(`dose ${n}`, wanted, status === undefined ? undefined : EVALUATION[status])
    const reason = (row[`Evaluation_Reason_${n}`] ?? '').trim().toLowerCase()
    if (reason === '') continue
    reasons += 1
    if (!judged.some(({ findings }) => findings.some(({ rule }) => rule === REASON[reason]))) reasonsMissed.push(`dose ${n}: ${reason}`)
  }
  return { differences, reasonsMissed, reasons }
}
