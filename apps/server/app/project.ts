/**
 * From a child's resources to its row in the list: the plan, shortened. The store keeps the rows and knows no engine.
 * Pure: the same resources, day, setting and editions give the same row.
 */
import { childFromFhir, identityFromFhir, scheduleIn, type EditionsToRead } from '@bairn/fhir'
import { growthHistory, planFor, type ChildFacts, type Plan, type PlanEditions, type Setting } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import type { Resource, WorklistProjection, WorklistSummary } from '@bairn/store'

const SPARK = 12

export interface ProjectOptions { readonly editions: EditionsToRead; readonly setting: () => Setting }

/** The plan of one child on a day; undefined if there is no Patient among the resources. */
export function planOf(resources: readonly Resource[], on: Day, { editions, setting }: ProjectOptions): Plan | undefined {
  const facts = childFromFhir(resources, { convert: convertUcum, on, ...scheduleIn(editions) })
  return facts === undefined ? undefined : planFor(facts, { on, setting: setting(), editions })
}

/** The row of one child; undefined for those who are on no list: who died, grew up or whose record is not in use. */
export function project(resources: readonly Resource[], on: Day, { editions, setting }: ProjectOptions): WorklistProjection | undefined {
  const identity = identityFromFhir(resources)
  const facts = childFromFhir(resources, { convert: convertUcum, on, ...scheduleIn(editions) })
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient')
  if (identity === undefined || facts === undefined || identity.dead || patient?.['active'] === false) return undefined
  const plan = planFor(facts, { on, setting: setting(), editions })
  if (plan.notJudged.some(({ text }) => text.key === 'plan.notJudged.grownUp')) return undefined
  const { id, name, sex, birthDate, birthEstimated, village, mother } = identity
  return {
    row: {
      child: id, name: name ?? '', birthEstimated, ...urgencyOf(plan), ...measuresOf(facts, on, editions),
      ...(sex === undefined ? {} : { sex }), ...(birthDate === undefined ? {} : { birthDate }), ...(village === undefined ? {} : { village }), ...(mother === undefined ? {} : { mother: mother.name }),
    },
    needs: plan.items.map(({ need, urgency, window }) => ({ need, urgency, due: window.due })),
    words: wordsOf(resources),
    ...(plan.nextChange === undefined ? {} : { nextChange: plan.nextChange }),
  }
}

/**
 * The first item speaks for the child, what is to be given rather than what is asked before it; questions alone make it "not known", and what
 * is only coming up "well".
 */
function urgencyOf({ items }: Plan): Pick<WorklistSummary, 'urgency' | 'title' | 'reason' | 'due' | 'more'> {
  const pressing = items.filter(({ urgency }) => urgency !== 'comingUp')
  const first = pressing.find(({ need, action }) => need !== 'askReaction' || action !== 'ask') ?? pressing[0] ?? items[0]
  const urgency = pressing.length === 0 ? (items.length === 0 ? 'notKnown' : 'well') : pressing.every(({ action }) => action === 'ask') ? 'notKnown' : (pressing[0] as (typeof pressing)[number]).urgency
  if (first === undefined) return { urgency, more: 0 }
  const reason = first.because[0]?.text
  return { urgency, title: first.title, ...(reason === undefined ? {} : { reason }), due: first.window.due, more: Math.max(0, pressing.length - 1) }
}

function measuresOf(facts: ChildFacts, on: Day, editions: PlanEditions): Pick<WorklistSummary, 'spark' | 'lastWeight' | 'lastVisit'> {
  const doses = (facts.vaccines?.doses ?? []).map(({ date }) => ({ day: date }))
  const past = [...facts.measurements, ...facts.findings, ...facts.responses, ...doses].filter(({ day }) => day <= on)
  const weights = facts.measurements.filter((fact) => fact.kind === 'weight' && fact.estimated !== true && fact.day <= on)
  const last = weights.reduce<(typeof weights)[number] | undefined>((latest, fact) => (latest === undefined || fact.day > latest.day || (fact.day === latest.day && (fact.minute ?? -1) >= (latest.minute ?? -1)) ? fact : latest), undefined)
  const spark = growthHistory(facts, { on, editions }).filter(({ indicator, flagged, confirmed }) => indicator === 'weightForAge' && (!flagged || confirmed)).map(({ day, z }) => [day, z] as const).slice(-SPARK)
  return {
    spark,
    ...(last === undefined ? {} : { lastWeight: { kg: last.value, day: last.day } }),
    ...(past.length === 0 ? {} : { lastVisit: past.reduce<Day>((latest, { day }) => (day > latest ? day : latest), (past[0] as { readonly day: Day }).day) }),
  }
}

/** Everything a child is found by: every name it or its mother ever had, phones, numbers on cards, the village. */
function wordsOf(resources: readonly Resource[]): WorklistProjection['words'] {
  const patients = resources.filter(({ resourceType }) => resourceType === 'Patient')
  const related = resources.filter(({ resourceType }) => resourceType === 'RelatedPerson')
  return {
    name: patients.flatMap(namesOf), mother: related.flatMap(namesOf),
    phone: [...patients, ...related].flatMap((person) => objects(person['telecom']).flatMap(({ value }) => texts([value]))),
    card: patients.flatMap((patient) => objects(patient['identifier']).flatMap(({ value }) => texts([value]))),
    village: patients.flatMap((patient) => objects(patient['address']).flatMap(({ text, city, district }) => [...new Set(texts([text, city, district]))])),
  }
}

const namesOf = (person: Resource): string[] => objects(person['name']).flatMap(({ text, given, family }) => [...new Set(texts([text, ...(Array.isArray(given) ? given : []), family]))])
const objects = (value: unknown): readonly Resource[] => (Array.isArray(value) ? value.filter((each): each is Resource => typeof each === 'object' && each !== null) : [])
const texts = (values: readonly unknown[]): string[] => values.filter((value): value is string => typeof value === 'string' && value !== '')
