/**
 * The schedules that countries reported to WHO and UNICEF, for reference only: recommended ages as they were written, with the year of
 * the report. Nothing here says that anything is due: there are no minimum ages, no intervals, no rules for whether a dose counts.
 */
export interface ReferenceSchedule {
  /** ISO 3166, two letters */
  readonly country: string
  readonly name: string
  readonly reportedYear: number
  readonly rows: readonly ReferenceRow[]
  readonly source: string
  readonly licence: string
}

export interface ReferenceRow {
  /** code of the report */
  readonly vaccine: string
  readonly vaccineName: string
  /** number in its series, as reported */
  readonly dose: number
  /** code of the report; none: everybody */
  readonly population?: string
  readonly populationName?: string
  readonly place: 'national' | 'somePlaces' | 'notSaid'
  readonly age?: ReferenceAge
  /** as it was reported; empty where no age was */
  readonly reported: string
}

export type ReferenceAge =
  /** `to` is left out for a single age, and where it is open upwards, from that age on or after it; `below`: before `to`, not up to it */
  | { readonly kind: 'age'; readonly from?: Span; readonly to?: Span; readonly open?: 'from' | 'after'; readonly below?: true }
  | { readonly kind: 'afterPrevious'; readonly after: Span; readonly to?: Span }
  | { readonly kind: 'firstContact' }
  /** could not be read: show what was reported */
  | { readonly kind: 'unread' }

interface Span { readonly count: number; readonly unit: 'day' | 'week' | 'month' | 'year' }

interface ReferenceFile {
  readonly vaccines: Readonly<Record<string, string>>
  readonly populations: Readonly<Record<string, string>>
  readonly countries: Readonly<Record<string, { readonly name: string; readonly year: number; readonly rows: readonly string[] }>>
}

const SOURCE = 'WHO/UNICEF Joint Reporting Form, vaccine schedule as exported from the WHO Immunization Data portal on 5 July 2025'
const LICENCE = 'WHO data terms: CC BY-NC-SA 3.0 IGO unless WHO states otherwise. No endorsement by WHO, UNICEF or the country is implied.'

const file = async (): Promise<ReferenceFile> => (await import('./immunization/reference/schedules.json', { with: { type: 'json' } })).default as unknown as ReferenceFile

/** What a country reported; `undefined` where it reported nothing. @param country ISO 3166, two letters */
export async function loadReferenceSchedule(country: string): Promise<ReferenceSchedule | undefined> {
  const { vaccines, populations, countries } = await file()
  const own = countries[country]
  if (own === undefined) return undefined
  return { country, name: own.name, reportedYear: own.year, rows: own.rows.flatMap((text) => rowsOf(text, vaccines, populations)), source: SOURCE, licence: LICENCE }
}

/** Two letters, name and reporting year of every country that reported. */
export async function listReferenceSchedules(): Promise<readonly { readonly country: string; readonly name: string; readonly reportedYear: number }[]> {
  return Object.entries((await file()).countries).map(([country, { name, year }]) => ({ country, name, reportedYear: year }))
}

/** 'DTWPHIBHEPB W6,W10,W14', 'TD_S@PW 1st contact,+M1', 'YF* M9': scripts/editions/reference.ts writes them. */
function rowsOf(text: string, vaccines: ReferenceFile['vaccines'], populations: ReferenceFile['populations']): readonly ReferenceRow[] {
  const [head = '', ...rest] = text.split(' ')
  const place = head.endsWith('*') ? 'somePlaces' : head.endsWith('?') ? 'notSaid' : 'national'
  const [vaccine = '', population] = (place === 'national' ? head : head.slice(0, -1)).split('@')
  return rest.join(' ').split(',').map((written, index) => {
    const numbered = /^(\d+)=(.*)$/.exec(written)
    const reported = numbered?.[2] ?? written
    const age = readAge(reported)
    return {
      vaccine, vaccineName: vaccines[vaccine] ?? vaccine, dose: numbered === null ? index + 1 : Number(numbered[1]), place, reported,
      ...(population === undefined ? {} : { population, populationName: populations[population] ?? population }), ...(age === undefined ? {} : { age }),
    }
  })
}

const UNITS = { D: 'day', W: 'week', M: 'month', Y: 'year' } as const
const SPAN = String.raw`([DWMY])(\d+(?:\.\d+)?)`
const AFTER = new RegExp(`^\\+${SPAN}(?:-([DWMY])?(\\d+(?:\\.\\d+)?))?$`)
const UP_TO = new RegExp(`^<(=)?${SPAN}$`)
const AGE = new RegExp(`^(>=?)?(?:B|${SPAN})(?:-([DWMY])?(\\d+(?:\\.\\d+)?))?$`)

/** 'B', 'M9', 'M16-M24', 'Y9-15', '>=Y65', '<Y25', '+M6', '1st contact'; what is none of these is not guessed at. */
function readAge(reported: string): ReferenceAge | undefined {
  if (reported === '') return undefined
  if (/^1st contact$/i.test(reported)) return { kind: 'firstContact' }
  const after = AFTER.exec(reported)
  if (after !== null) return { kind: 'afterPrevious', after: span(after[1], after[2]), ...(after[4] === undefined ? {} : { to: span(after[3] ?? after[1], after[4]) }) }
  const upTo = UP_TO.exec(reported)
  if (upTo !== null) return { kind: 'age', to: span(upTo[2], upTo[3]), ...(upTo[1] === undefined ? { below: true as const } : {}) }
  const found = AGE.exec(reported)
  if (found === null) return { kind: 'unread' }
  const [, open, unit, count, toUnit, toCount] = found
  return {
    kind: 'age', from: unit === undefined ? { count: 0, unit: 'day' } : span(unit, count),
    ...(toCount === undefined ? {} : { to: span(toUnit ?? unit, toCount) }), ...(open === undefined ? {} : { open: open === '>=' ? 'from' as const : 'after' as const }),
  }
}

const span = (unit: string | undefined, count: string | undefined): Span => ({ count: Number(count), unit: UNITS[unit as keyof typeof UNITS] })
