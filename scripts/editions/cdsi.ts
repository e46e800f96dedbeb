/**
 * Compiles CDC's CDSi supporting data (sources/cdsi-4.64, XML) into `knowledge/immunization/cdsi-4.64/schedule.json`.
 * Only the form changes: empty elements are left out, lists written with `;` become lists, vaccine codes get two digits, days
 * become YYYY-MM-DD; ages and intervals stay as written. A word that is not known here stops the run.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { AntigenRow, ConditionRow, IntervalRow, ScheduleData, SeriesRow, SkipRow, TargetDoseRow } from '@bairn/immunization'
import { XMLParser } from 'fast-xml-parser'
import { ROOT } from '../boundaries.ts'
import { given } from './json.ts'
import { scheduleText } from './schedule.ts'

const SOURCES = path.join(ROOT, 'scripts/editions/sources/cdsi-4.64')
export const CDSI_SCHEDULE_FILE = path.join(ROOT, 'knowledge/immunization/cdsi-4.64/schedule.json')

export const writeCdsi = (): void => writeFileSync(CDSI_SCHEDULE_FILE, compileCdsi())

/** The bytes of `schedule.json`, one line an antigen. @throws Error naming the file and the word that is not understood */
export function compileCdsi(): string {
  const schedule = element(readXml('ScheduleSupportingData.xml.gz').scheduleSupportingData)
  const antigens = readdirSync(SOURCES).filter((file) => file.startsWith('Antigen')).toSorted().map((file) => {
    try { return compileAntigen(element(readXml(file).antigenSupportingData)) } catch (cause) { throw new Error(`${file}: ${String(cause)}`, { cause }) }
  })
  return scheduleText({ ...compileSchedule(schedule), antigens })
}

/** an element of the parsed XML: every child is a list, text stands under `#text` */
type Xml = { readonly [name: string]: readonly (Xml | string)[] }

function readXml(file: string): Xml {
  const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true, isArray: () => true })
  return parser.parse(gunzipSync(readFileSync(path.join(SOURCES, file)))) as Xml
}

const element = (list: readonly (Xml | string)[] | undefined): Xml => {
  const [first] = list ?? []
  return typeof first === 'object' ? first : {}
}
const elements = (parent: Xml, name: string): readonly Xml[] => (parent[name] ?? []).filter((child) => typeof child === 'object') as readonly Xml[]
const texts = (parent: Xml, name: string): readonly string[] => (parent[name] ?? []).filter((child) => typeof child === 'string' && child !== '') as readonly string[]
const text = (parent: Xml, name: string): string | undefined => texts(parent, name)[0]?.replace(/\s+/g, ' ').trim()

function need(parent: Xml, name: string): string {
  const value = text(parent, name)
  if (value === undefined) throw new Error(`no ${name}`)
  return value
}

const word = <T>(words: Readonly<Record<string, T>>, value: string | undefined): T => {
  const key = (value ?? '').toLowerCase()
  if (!(key in words)) throw new Error(`not understood: '${value}'`)
  return words[key] as T
}
const yes = (value: string | undefined): true | undefined => word({ yes: true, y: true, no: undefined, n: undefined, '': undefined } as const, value)
const list = (value: string | undefined): readonly string[] => (value ?? '').split(';').map((part) => part.trim()).filter((part) => part !== '')
const codes = (value: string | undefined): readonly string[] => list(value).map(cvxOf)
const cvxOf = (code: string): string => {
  if (!/^\d+$/.test(code)) throw new Error(`not a vaccine code: '${code}'`)
  return code.padStart(2, '0')
}

/** 20250701, and 01/01/1957 as the immunity tables write it, to 2025-07-01 */
function date(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const iso = /^(\d{4})(\d{2})(\d{2})$/.exec(value)
  if (iso !== null) return `${iso[1]}-${iso[2]}-${iso[3]}`
  const american = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value)
  if (american === null) throw new Error(`not a date: '${value}'`)
  return `${american[3]}-${american[1]}-${american[2]}`
}

/** CDC writes 'U.S.'; countries here have their ISO 3166 code. */
const countryOf = (name: string | undefined): string | undefined => word({ 'u.s.': 'US', '': undefined } as const, name)

function compileSchedule(xml: Xml): Omit<ScheduleData, 'antigens'> {
  const full = new Map(elements(element(xml.vaccineGroups), 'vaccineGroup').map((group) => [need(group, 'name'), text(group, 'administerFullVaccineGroup')]))
  const conflicts = new Map<string, { previous: string; current: string[]; begin: string; minEnd: string; end: string }>()
  for (const row of elements(element(xml.liveVirusConflicts), 'liveVirusConflict')) {
    const previous = cvxOf(need(element(row.previous), 'cvx'))
    const [begin, minEnd, end] = [need(row, 'conflictBeginInterval'), need(row, 'minConflictEndInterval'), need(row, 'conflictEndInterval')]
    const key = [previous, begin, minEnd, end].join('|')
    const group = conflicts.get(key) ?? { previous, current: [], begin, minEnd, end }
    group.current.push(cvxOf(need(element(row.current), 'cvx')))
    conflicts.set(key, group)
  }
  return {
    vaccines: Object.fromEntries(elements(element(xml.cvxToAntigenMap), 'cvxMap').map((row) => [cvxOf(need(row, 'cvx')), {
      name: need(row, 'shortDescription'),
      antigens: elements(row, 'association').map((to) => given({ antigen: need(to, 'antigen'), begin: text(to, 'associationBeginAge'), end: text(to, 'associationEndAge') })),
    }])),
    vaccineGroups: elements(element(xml.vaccineGroupToAntigenMap), 'vaccineGroupMap').map((row) => given({
      name: need(row, 'name'), antigens: texts(row, 'antigen'), administerFullVaccineGroup: word({ yes: true, no: false, '': undefined }, full.get(need(row, 'name'))),
    })),
    conflicts: [...conflicts.values()],
    observations: Object.fromEntries(elements(element(xml.observations), 'observation').map((row) => [need(row, 'observationCode'), given({
      title: need(row, 'observationTitle'), indication: text(row, 'indicationText'), contraindication: text(row, 'contraindicationText'), clarifying: text(row, 'clarifyingText'),
      codes: elements(element(row.codedValues), 'codedValue').map((value) => [text(value, 'codeSystem') ?? '', text(value, 'code') ?? '', text(value, 'text') ?? ''] as const),
    })])),
  }
}

function compileAntigen(xml: Xml): AntigenRow {
  const immunity = element(xml.immunity)
  const history = elements(immunity, 'clinicalHistory').map((row) => need(row, 'guidelineCode'))
  const birthDates = elements(immunity, 'dateOfBirth').map((row) => given<NonNullable<AntigenRow['immunity']>['birthDates'][number]>({
    before: date(need(row, 'immunityBirthDate')), country: countryOf(text(row, 'birthCountry')), exclusions: elements(row, 'exclusion').map((out) => need(out, 'exclusionCode')),
  }))
  const contraindications = element(xml.contraindications)
  const contraindication = (row: Xml) => given<AntigenRow['contraindications'][number]>({
    observation: need(row, 'observationCode'), text: text(row, 'contraindicationText'), guidance: text(row, 'contraindicationGuidance'), begin: text(row, 'beginAge'), end: text(row, 'endAge'),
  })
  const series = elements(xml, 'series').map((row) => {
    try { return compileSeries(row) } catch (cause) { throw new Error(`${text(row, 'seriesName')}: ${String(cause)}`, { cause }) }
  })
  return {
    name: need(elements(xml, 'series')[0] ?? {}, 'targetDisease'),
    ...(history.length + birthDates.length > 0 ? { immunity: { history, birthDates: birthDates.map((row) => ({ ...row, exclusions: row.exclusions ?? [] })) } } : {}),
    contraindications: elements(element(contraindications.vaccineGroup), 'contraindication').map(contraindication),
    vaccineContraindications: elements(element(contraindications.vaccine), 'contraindication').map((row) => ({
      ...contraindication(row),
      vaccines: elements(row, 'contraindicatedVaccine').map((vaccine) => given<{ cvx: string; begin?: string; end?: string }>({ cvx: cvxOf(need(vaccine, 'cvx')), begin: text(vaccine, 'beginAge'), end: text(vaccine, 'endAge') })),
    })),
    series,
  }
}

function compileSeries(xml: Xml): SeriesRow {
  const select = element(xml.selectSeries)
  const preference = text(select, 'seriesPreference')
  return given<SeriesRow>({
    name: need(xml, 'seriesName'),
    vaccineGroup: need(xml, 'vaccineGroup'),
    type: word({ standard: 'standard', risk: 'risk', 'evaluation only': 'evaluationOnly' } as const, need(xml, 'seriesType')),
    guidance: texts(xml, 'seriesAdminGuidance'),
    sexes: texts(xml, 'requiredGender').map((sex) => word({ female: 'female', male: 'male', unknown: 'unknown' } as const, sex)),
    seriesGroup: { id: need(select, 'seriesGroup'), name: need(select, 'seriesGroupName') },
    equivalentSeriesGroups: list(text(xml, 'equivalentSeriesGroups')),
    default: yes(text(select, 'defaultSeries')),
    productPath: yes(text(select, 'productPath')),
    // CDC marks it in the series' name alone.
    sharedDecision: /shared clinical decision/i.test(need(xml, 'seriesName')) ? true : undefined,
    priority: need(select, 'seriesPriority'),
    preference: preference === undefined ? undefined : Number(preference),
    minAgeToStart: text(select, 'minAgeToStart'),
    maxAgeToStart: text(select, 'maxAgeToStart'),
    indications: elements(xml, 'indication').filter((row) => text(element(row.observationCode), 'code') !== undefined).map((row) => given<NonNullable<SeriesRow['indications']>[number]>({
      observation: need(element(row.observationCode), 'code'), text: text(row, 'description'), begin: text(row, 'beginAge'), end: text(row, 'endAge'), guidance: text(row, 'guidance'),
    })),
    doses: elements(xml, 'seriesDose').map((row, index) => {
      if (need(row, 'doseNumber') !== `Dose ${index + 1}`) throw new Error(`dose ${index + 1} is called '${text(row, 'doseNumber')}'`)
      return compileDose(row)
    }),
  })
}

function compileDose(xml: Xml): TargetDoseRow {
  const season = element(xml.seasonalRecommendation)
  const start = date(text(season, 'startDate'))
  return given<TargetDoseRow>({
    ages: elements(xml, 'age').map((row) => given<NonNullable<TargetDoseRow['ages']>[number]>({
      absMin: text(row, 'absMinAge'), min: text(row, 'minAge'), earliestRec: text(row, 'earliestRecAge'), latestRec: text(row, 'latestRecAge'), max: text(row, 'maxAge'),
      effective: date(text(row, 'effectiveDate')), cessation: date(text(row, 'cessationDate')),
    })).filter((row) => Object.keys(row).length > 0),
    intervals: elements(xml, 'interval').flatMap(compileInterval),
    allowableIntervals: elements(xml, 'allowableInterval').flatMap(compileInterval),
    preferable: elements(xml, 'preferableVaccine').filter((row) => text(row, 'cvx') !== undefined).map((row) => given<NonNullable<TargetDoseRow['preferable']>[number]>({
      cvx: cvxOf(need(row, 'cvx')), begin: text(row, 'beginAge'), end: text(row, 'endAge'), mvx: text(row, 'mvx'), tradeName: text(row, 'tradeName'), volume: text(row, 'volume'),
      forecast: yes(text(row, 'forecastVaccineType')),
    })),
    allowable: elements(xml, 'allowableVaccine').filter((row) => text(row, 'cvx') !== undefined).map((row) => given<NonNullable<TargetDoseRow['allowable']>[number]>({
      cvx: cvxOf(need(row, 'cvx')), begin: text(row, 'beginAge'), end: text(row, 'endAge'),
    })),
    inadvertent: elements(xml, 'inadvertentVaccine').flatMap((row) => codes(text(row, 'cvx'))),
    skips: elements(xml, 'conditionalSkip').filter((row) => text(row, 'context') !== undefined).map(compileSkip),
    recurring: yes(text(xml, 'recurringDose')),
    season: start === undefined ? undefined : given<{ start: string; end?: string }>({ start, end: date(text(season, 'endDate')) }),
  })
}

function compileInterval(xml: Xml): readonly IntervalRow[] {
  const from = intervalFrom(xml)
  if (from === undefined) return []
  return [given<IntervalRow>({
    from,
    absMin: text(xml, 'absMinInt'), min: text(xml, 'minInt'), earliestRec: text(xml, 'earliestRecInt'), latestRec: text(xml, 'latestRecInt'),
    override: word({ override: true, '': undefined } as const, text(xml, 'intervalPriority')),
    effective: date(text(xml, 'effectiveDate')), cessation: date(text(xml, 'cessationDate')),
  })]
}

function intervalFrom(xml: Xml): IntervalRow['from'] | undefined {
  const previous = text(xml, 'fromPrevious')
  if (previous === undefined) return undefined
  if (yes(previous)) return { previous: true }
  const [targetDose, mostRecent, observation] = [text(xml, 'fromTargetDose'), texts(xml, 'fromMostRecent').flatMap(codes), text(element(xml.fromRelevantObs), 'code')]
  if (targetDose !== undefined) return { targetDose: Number(targetDose) }
  if (mostRecent.length > 0) return { mostRecent }
  if (observation !== undefined) return { observation }
  throw new Error('an interval that counts from nothing')
}

function compileSkip(xml: Xml): SkipRow {
  return {
    context: word({ both: 'both', evaluation: 'evaluation', forecast: 'forecast' } as const, text(xml, 'context')),
    logic: word({ and: 'and', or: 'or', 'n/a': 'or' } as const, text(xml, 'setLogic')),
    sets: elements(xml, 'set').map((set) => given<SkipRow['sets'][number]>({
      text: text(set, 'setDescription'),
      logic: word({ and: 'and', or: 'or', '': 'and', 'n/a': 'and' } as const, text(set, 'conditionLogic')),
      conditions: elements(set, 'condition').map(compileCondition),
      effective: date(text(set, 'effectiveDate')), cessation: date(text(set, 'cessationDate')),
    })),
  }
}

function compileCondition(xml: Xml): ConditionRow {
  const kind = word({
    age: 'age', interval: 'interval', 'completed series': 'completedSeries',
    'vaccine count by age': 'count', 'vaccine count by date': 'count', 'vaccine count by date and age': 'count',
  } as const, text(xml, 'conditionType'))
  const ages = { begin: text(xml, 'beginAge'), end: text(xml, 'endAge') }
  if (kind === 'age') return given<ConditionRow & { kind: 'age' }>({ kind, ...ages })
  if (kind === 'interval') return { kind, interval: need(xml, 'interval') }
  if (kind === 'completedSeries') return { kind, seriesGroups: list(need(xml, 'seriesGroups')) }
  return given<ConditionRow & { kind: 'count' }>({
    kind, ...ages, startDate: date(text(xml, 'startDate')), endDate: date(text(xml, 'endDate')),
    compare: word({ 'greater than': 'greaterThan', 'equal to': 'equalTo', 'less than': 'lessThan' } as const, text(xml, 'doseCountLogic')),
    count: Number(need(xml, 'doseCount')), validOnly: word({ valid: true, total: undefined } as const, text(xml, 'doseType')), vaccines: codes(text(xml, 'vaccineTypes')),
  })
}
