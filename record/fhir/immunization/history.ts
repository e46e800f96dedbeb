/**
 * The vaccine history of one child as FHIR tells it: doses, doses whose day is not known, what was not given and why, reactions, and the
 * observations that matter to the schedule. Each thing that cannot be used is named and kept; nothing is dropped.
 * Used by `$immds-forecast` (request.ts) and for the child's own record. Which products existed on which day no source here says: a dose
 * of a product before it came to the market is not noticed.
 */
import type { ActiveObservation, DoseAdministered, ImmunizationEdition, UncertainDose } from '@bairn/immunization'
import type { VaccineBridge } from '@bairn/knowledge'
import { parsePartialDay, type Day, type PartialDay } from '@bairn/quantities'
import type { Issue, MessageParam } from '@bairn/reasoning'
import { booleanOf, listOf, numberOf, objectOf, textOf, type Json } from '../read.ts'
import { codedOf, isCvx, needsBridge, resolveVaccine, type Coded, type UnresolvedVaccine, type VaccineResolution } from './codes.ts'
import { forecastIssue, type Report } from './issues.ts'
import { observationsOf, type Reaction } from './observed.ts'

export interface HistoryContext {
  readonly edition: ImmunizationEdition
  /** the codes of the world: load it when `needsVaccineBridge` says so */
  readonly bridge?: VaccineBridge
  /** the id of the child; what belongs to another is left out and said */
  readonly patient?: string
  /** bound the days of a dose of which only the month or the year is known */
  readonly birthDate?: Day
  readonly assessment?: Day
  /** `request`: every resource was sent for this answer, so an unknown code is said; `record`: other observations belong to others */
  readonly from: 'request' | 'record'
}

export interface VaccineHistory {
  readonly doses: readonly DoseAdministered[]
  readonly uncertain: readonly UncertainDose[]
  /** given, and not judged; the issues say why */
  readonly unjudged: readonly UnjudgedDose[]
  readonly notGiven: readonly NotGiven[]
  readonly reactions: readonly Reaction[]
  readonly observations: readonly ActiveObservation[]
  /** by the id of the dose, judged or not: what was recorded with it, as it was sent */
  readonly details: ReadonlyMap<string, DoseDetails>
  readonly issues: readonly Issue[]
}

export interface UnjudgedDose {
  readonly id: string
  readonly why: 'noDate' | 'textDate' | 'date' | 'impossiblePeriod' | UnresolvedVaccine['reason']
  readonly vaccine: VaccineResolution
  /** first and last possible day */
  readonly given?: { readonly earliest: Day; readonly latest: Day }
}

/** `status` not-done: refused, out of stock, postponed. */
export interface NotGiven { readonly id: string; readonly vaccine: VaccineResolution; readonly on?: PartialDay; readonly reason?: Coded }

export interface DoseDetails {
  readonly vaccine: VaccineResolution
  readonly sent: Coded
  readonly lotNumber?: string
  readonly expirationDate?: string
  readonly manufacturer?: string
  readonly site?: Coded
  readonly route?: Coded
  readonly doseQuantity?: { readonly value?: number; readonly unit?: string }
  readonly subpotent?: boolean
  readonly subpotentReason?: readonly Coded[]
  /** false: told or read from a card, not recorded by who gave it */
  readonly primarySource?: boolean
  readonly reportOrigin?: Coded
  readonly statusReason?: Coded
  readonly recorded?: string
  readonly notes?: readonly string[]
}

/** Is there a code or a name among these, or in a Bundle of them, that the schedule alone does not know? Then load the bridge first. */
export const needsVaccineBridge = (resources: readonly unknown[], edition: ImmunizationEdition): boolean =>
  resources.some((resource) => {
    const json = objectOf(resource)
    if (json?.['resourceType'] === 'Bundle') return needsVaccineBridge(listOf(json['entry']).map((entry) => entry['resource']), edition)
    return json?.['resourceType'] === 'Immunization' && json['status'] !== 'entered-in-error' && needsBridge(codedOf(json['vaccineCode']), edition)
  })

export function historyFromFhir(resources: readonly unknown[], context: HistoryContext): VaccineHistory {
  const issues: Issue[] = []
  const report: Report = (key, severity, where, params = {}) => { issues.push(forecastIssue(key, severity, where, params)) }
  const sent = resources.map(objectOf).filter((resource) => resource !== undefined)
  const all = sent.filter((resource) => belongs(resource, context, report))
  const immunizations = sent.filter(({ resourceType }) => resourceType === 'Immunization')
  // A dose without an id is called by its place among those that were sent.
  const read = immunizations.flatMap((immunization, index) => immunization['status'] === 'entered-in-error' || !all.includes(immunization) ? [] : [readDose(immunization, index, context, report)])
  const codes = new Map(read.map(({ id, details }) => [id, details.vaccine]))
  const observed = observationsOf(all, { ...context, report, vaccineOf: (id) => codes.get(id) })
  const doses = read.flatMap(({ dose }) => dose ?? [])
  const uncertain = read.flatMap((one) => one.uncertain ?? [])
  for (const [dose, twin] of twins(doses, uncertain)) report('twice', 'warning', `Immunization/${dose}`, { given: { text: `Immunization/${twin}` } })
  return {
    doses, uncertain, observations: observed.observations, reactions: observed.reactions,
    unjudged: read.flatMap(({ unjudged }) => unjudged ?? []), notGiven: read.flatMap(({ notGiven }) => notGiven ?? []),
    details: new Map(read.map(({ id, details }) => [id, details])), issues,
  }
}

/** Another child's resource is named and left out. */
function belongs(resource: Json, { patient }: HistoryContext, report: Report): boolean {
  const subject = textOf(objectOf(resource['patient'])?.['reference']) ?? textOf(objectOf(resource['subject'])?.['reference'])
  if (patient === undefined || subject === undefined || !subject.includes('/') || subject.split('/').at(-1) === patient) return true
  report('otherPatient', 'error', `${textOf(resource['resourceType']) ?? '-'}/${textOf(resource['id']) ?? '-'}`, { given: { text: subject } })
  return false
}

interface Read {
  readonly id: string
  readonly details: DoseDetails
  readonly dose?: DoseAdministered
  readonly uncertain?: UncertainDose
  readonly unjudged?: UnjudgedDose
  readonly notGiven?: NotGiven
}

function readDose(immunization: Json, index: number, context: HistoryContext, report: Report): Read {
  const id = textOf(immunization['id']) ?? `${index + 1}`
  const where = `Immunization/${id}`
  const coded = codedOf(immunization['vaccineCode'])
  const vaccine = resolveVaccine(coded, context.edition, context.bridge)
  const details = detailsOf(immunization, coded, vaccine)
  const occurred = textOf(immunization['occurrenceDateTime'])
  const parsed = occurred === undefined ? undefined : parsePartialDay(occurred)
  if (immunization['status'] === 'not-done') {
    const reason = details.statusReason
    return { id, details, notGiven: { id, vaccine, ...(parsed?.ok === true ? { on: parsed.value } : {}), ...(reason === undefined ? {} : { reason }) } }
  }
  const unjudged = (why: UnjudgedDose['why'], given?: UnjudgedDose['given']): Read => ({ id, details, unjudged: { id, why, vaccine, ...(given === undefined ? {} : { given }) } })
  if (parsed === undefined) {
    const text = textOf(immunization['occurrenceString'])
    report(text === undefined ? 'noDate' : 'textDate', 'warning', where, { given: { text: text ?? '' } })
    return unjudged(text === undefined ? 'noDate' : 'textDate')
  }
  const given: MessageParam = { text: occurred ?? '' }
  if (!parsed.ok) { report('date', 'error', where, { given }); return unjudged('date') }
  const code = codeFor(vaccine, coded, where, context, report)
  const period = periodOf(parsed.value, immunization, context)
  if (code === undefined) return unjudged(vaccine.known ? 'unknownCode' : vaccine.reason, period)
  const base = { id, cvx: code, ...doseDetails(immunization, details) }
  if (parsed.value.precision === 'day') return { id, details, dose: { ...base, date: parsed.value.earliest } }
  if (period.earliest > period.latest) { report('impossiblePeriod', 'error', where, { given }); return unjudged('impossiblePeriod') }
  report('partialDate', 'warning', where, { given })
  return { id, details, uncertain: { ...base, ...period } }
}

/** Not before birth, not after it was recorded or asked about. */
function periodOf({ earliest, latest, precision }: PartialDay, immunization: Json, { birthDate, assessment }: HistoryContext): { readonly earliest: Day; readonly latest: Day } {
  if (precision === 'day') return { earliest, latest }
  const recorded = parsePartialDay(textOf(immunization['recorded']) ?? '')
  return { earliest: Math.max(earliest, birthDate ?? earliest) as Day, latest: Math.min(latest, assessment ?? latest, recorded.ok ? recorded.value.latest : latest) as Day }
}

const ASSUMED = { name: 'assumedName', formulation: 'assumedFormulation' } as const

/** The code to judge by; none where it is not known, which is said. A CVX that nobody knows goes on: the schedule itself names it. */
function codeFor(vaccine: VaccineResolution, { codings }: Coded, where: string, { edition, bridge }: HistoryContext, report: Report): string | undefined {
  if (vaccine.known) {
    const name = edition.vaccines.get(vaccine.code)?.name ?? `CVX ${vaccine.code}`
    for (const assumption of vaccine.assumed) report(ASSUMED[assumption], 'warning', where, { given: { text: vaccine.from }, what: { text: name } })
    return vaccine.code
  }
  const given: MessageParam = { text: vaccine.from }
  const antigens: MessageParam = { text: vaccine.antigens.join(', ') }
  if (vaccine.reason === 'unknownCode') {
    const cvx = codings.find((coding) => isCvx(coding) && coding.code !== undefined)?.code
    if (cvx !== undefined) return cvx.trim().padStart(2, '0')
  }
  if (vaccine.reason === 'noCode' || bridge === undefined) report('noCode', 'warning', where, { given })
  else if (vaccine.reason === 'contradiction') report('contradiction', 'error', where, { given })
  else if (vaccine.reason === 'beyondSchedule' || vaccine.reason === 'passive') report(vaccine.reason, 'warning', where, { given, antigens })
  else report(vaccine.reason, 'warning', where, { given })
  return undefined
}

function doseDetails(immunization: Json, { subpotent }: DoseDetails): Pick<DoseAdministered, 'mvx' | 'lotExpiry' | 'doseCondition'> {
  const mvx = textOf(objectOf(objectOf(immunization['manufacturer'])?.['identifier'])?.['value'])
  const expiry = parsePartialDay(textOf(immunization['expirationDate']) ?? '')
  // CALCDTLOTEXP-1: a month and year mean the last day of the month.
  return { ...(mvx === undefined ? {} : { mvx }), ...(expiry.ok ? { lotExpiry: expiry.value.latest } : {}), ...(subpotent === true ? { doseCondition: true } : {}) }
}

function detailsOf(immunization: Json, sent: Coded, vaccine: VaccineResolution): DoseDetails {
  const manufacturer = objectOf(immunization['manufacturer'])
  const quantity = objectOf(immunization['doseQuantity'])
  const [value, unit] = [numberOf(quantity?.['value']), textOf(quantity?.['unit']) ?? textOf(quantity?.['code'])]
  const subpotentReason = listOf(immunization['subpotentReason']).map(codedOf)
  const notes = listOf(immunization['note']).flatMap((note) => textOf(note['text']) ?? [])
  return given<DoseDetails>({
    vaccine, sent,
    lotNumber: textOf(immunization['lotNumber']), expirationDate: textOf(immunization['expirationDate']),
    manufacturer: textOf(manufacturer?.['display']) ?? textOf(objectOf(manufacturer?.['identifier'])?.['value']) ?? textOf(manufacturer?.['reference']),
    site: codedOrNone(immunization['site']), route: codedOrNone(immunization['route']),
    doseQuantity: quantity === undefined ? undefined : given<NonNullable<DoseDetails['doseQuantity']>>({ value, unit }),
    subpotent: booleanOf(immunization['isSubpotent']), subpotentReason: subpotentReason.length === 0 ? undefined : subpotentReason,
    primarySource: booleanOf(immunization['primarySource']), reportOrigin: codedOrNone(immunization['reportOrigin']),
    statusReason: codedOrNone(immunization['statusReason']), recorded: textOf(immunization['recorded']), notes: notes.length === 0 ? undefined : notes,
  })
}

const codedOrNone = (concept: unknown): Coded | undefined => objectOf(concept) === undefined ? undefined : codedOf(concept)
/** What is there of a row; a loop, because every dose of a stream has one. */
function given<T extends object>(row: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<T> = {}
  for (const key in row) {
    const value = row[key]
    if (value !== undefined) kept[key] = value
  }
  return kept as T
}

/** The same vaccine twice on a day, or in the same uncertain days: the later one and the one before it. */
function twins(doses: readonly DoseAdministered[], uncertain: readonly UncertainDose[]): readonly (readonly [string, string])[] {
  const seen = new Map<string, string>()
  return [...doses.map(({ id, cvx, date }) => [id, `${cvx}|${date}`] as const), ...uncertain.map(({ id, cvx, earliest, latest }) => [id, `${cvx}|${earliest}|${latest}`] as const)].flatMap(([id, key]) => {
    const twin = seen.get(key)
    seen.set(key, id)
    return twin === undefined ? [] : [[id, twin] as const]
  })
}
