/**
 * One child who never lived, with a vaccine history that a clinic could have: brought on time or late, a visit missed, a vaccine out of
 * stock, a dose given some days too early, a product of another country or one that nobody knows, a card that was lost, a day that cannot be
 * read, a condition that the schedule knows. What is due at a visit comes from the
 * schedule itself, so no figure of a schedule stands here; how families and clinics behave does, and is invented.
 * Pure: seed and day come in.
 */
import { immunize, type ActiveObservation, type DoseAdministered, type ImmunizationEdition, type ImmunizationFacts } from '@bairn/immunization'
import { addDays, type Day } from '@bairn/quantities'
import { makeRandom, type Random } from './random.ts'

export interface SimulatedChild {
  readonly id: string
  readonly birthDate: Day
  readonly sex: 'female' | 'male'
  /** what is written on the card */
  readonly doses: readonly DoseAdministered[]
  /** by id: doses of which the card shows the month only */
  readonly monthOnly: readonly string[]
  /** by the schedule's own code */
  readonly observations: readonly ActiveObservation[]
  /** what happened and the card does not show */
  readonly lost: readonly DoseAdministered[]
  readonly ways: readonly Way[]
}
export type Way = 'onTime' | 'late' | 'missedVisit' | 'stockOut' | 'tooEarly' | 'foreignProduct' | 'unknownProduct' | 'lostCard' | 'monthOnly' | 'condition'

export interface SimulationOptions { readonly seed: string; readonly on: Day; readonly edition: ImmunizationEdition }

/** Invented: shares of families and clinics that behave so, not taken from any survey. */
const SHARE = { late: 0.35, missedVisit: 0.08, stockOut: 0.06, tooEarly: 0.02, foreignProduct: 0.08, lostCard: 0.03, unknownProduct: 0.03, monthOnly: 0.04, condition: 0.05 } as const
const OLDEST_DAYS = 6 * 365
const MOST_VISITS = 24

/** The child with this number: the same for the same seed, number, day and edition, whoever else is asked for. */
export function simulateChild(number: number, { seed, on, edition }: SimulationOptions): SimulatedChild {
  const random = makeRandom(seed, number)
  const birthDate = addDays(on, -random.between(0, OLDEST_DAYS))
  const sex = random.chance(0.5) ? 'female' as const : 'male' as const
  const late = random.chance(SHARE.late)
  const ways = new Set<Way>([late ? 'late' : 'onTime'])
  const given: DoseAdministered[] = []
  const facts = (): ImmunizationFacts => ({ birthDate, sex, doses: given, observations: [] })

  let visit = birthDate
  for (let count = 0; count < MOST_VISITS && visit <= on; count++) {
    if (count > 0 && random.chance(SHARE.missedVisit)) ways.add('missedVisit')
    else giveWhatIsDue(facts(), visit, { given, random, ways, edition })
    const next = nextVisit(facts(), visit, { random, late, ways, edition })
    if (next === undefined) break
    visit = next
  }
  const lostBefore = random.chance(SHARE.lostCard) && given.length > 1 ? given[random.between(1, given.length - 1)]?.date : undefined
  if (lostBefore !== undefined) ways.add('lostCard')
  const isLost = ({ date }: DoseAdministered): boolean => lostBefore !== undefined && date < lostBefore
  // Drawn apart, so that they change nothing of the visits.
  const own = makeRandom(seed, number, 'card')
  const doses = given.filter((dose) => !isLost(dose))
  if (own.chance(SHARE.unknownProduct)) { ways.add('unknownProduct'); doses.push({ id: 'unknown-1', date: addDays(birthDate, own.between(0, on - birthDate)), cvx: UNKNOWN_PRODUCT }) }
  const blurred = own.chance(SHARE.monthOnly) ? own.pick(doses) : undefined
  if (blurred !== undefined) ways.add('monthOnly')
  const code = own.chance(SHARE.condition) ? own.pick(conditionsOf(edition)) : undefined
  if (code !== undefined) ways.add('condition')
  return {
    id: `simulated-${seed}-${number}`.replaceAll(/[^A-Za-z0-9.-]/g, '-').slice(0, 64), birthDate, sex, doses, monthOnly: blurred === undefined ? [] : [blurred.id],
    observations: code === undefined ? [] : [{ code, date: addDays(birthDate, own.between(0, on - birthDate)) }], lost: given.filter(isLost), ways: [...ways],
  }
}

/** CVX's own code for a vaccine that is not known. */
const UNKNOWN_PRODUCT = '999'

/** The observations that a rule of the schedule names. */
export function conditionsOf({ antigens }: ImmunizationEdition): readonly string[] {
  const known = CONDITIONS.get(antigens)
  if (known !== undefined) return known
  const found = [...new Set(antigens.flatMap(({ series, contraindications, vaccineContraindications, immunity }) => [...series.flatMap(({ indications }) => indications), ...contraindications, ...vaccineContraindications].map(({ observation }) => observation).concat(immunity.history)))].toSorted()
  CONDITIONS.set(antigens, found)
  return found
}
const CONDITIONS = new WeakMap<ImmunizationEdition['antigens'], readonly string[]>()

interface Visit { readonly given: DoseAdministered[]; readonly random: Random; readonly ways: Set<Way>; readonly edition: ImmunizationEdition }

/** One dose of each vaccine group whose recommended day has come; a combination vaccine once. */
function giveWhatIsDue(facts: ImmunizationFacts, visit: Day, { given, random, ways, edition }: Visit): void {
  const today: DoseAdministered[] = []
  for (const { status, recommended, seriesType, vaccines, members, vaccineGroup } of immunize(facts, edition, { assessment: visit }).forecasts) {
    if (status !== 'notComplete' || seriesType !== 'standard' || recommended === undefined || recommended > visit) continue
    if (random.chance(SHARE.stockOut)) { ways.add('stockOut'); continue }
    const antigens = edition.vaccineGroups.find(({ name }) => name === vaccineGroup)?.antigens ?? []
    if (today.some(({ cvx }) => antigens.every((antigen) => edition.vaccines.get(cvx)?.antigens.some((one) => one.antigen === antigen)))) continue
    const foreign = random.chance(SHARE.foreignProduct) ? random.pick([...(members[0]?.target?.allowableByCvx.keys() ?? [])]) : undefined
    const own = random.pick(vaccines)
    if (foreign !== undefined) ways.add('foreignProduct')
    const cvx = foreign ?? own?.cvx
    if (cvx === undefined) continue
    today.push({ id: `dose-${given.length + today.length + 1}`, date: visit, cvx, ...(foreign === undefined && own?.mvx !== undefined ? { mvx: own.mvx } : {}) })
  }
  given.push(...today)
}

/** The day the family comes again: when the next dose is recommended, some days or months later, or some days too early. */
function nextVisit(facts: ImmunizationFacts, visit: Day, { random, late, ways, edition }: Pick<Visit, 'random' | 'ways' | 'edition'> & { readonly late: boolean }): Day | undefined {
  const coming = immunize(facts, edition, { assessment: visit }).forecasts
    .flatMap(({ status, recommended, seriesType }) => status === 'notComplete' && seriesType === 'standard' && recommended !== undefined ? [Math.max(recommended, visit + 1)] : [])
  if (coming.length === 0) return undefined
  const due = Math.min(...coming) as Day
  if (due - visit > 20 && random.chance(SHARE.tooEarly)) {
    ways.add('tooEarly')
    return addDays(due, -random.between(1, 14))
  }
  return addDays(due, late ? random.between(0, 120) : random.between(0, 12))
}
