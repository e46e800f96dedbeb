/**
 * Lists and loads the editions. Each comes as data in its folder; here it gets its shape and its check, once.
 * Loaded lazily: a page needs the tables only when it computes.
 */
import { decodeGrowthEdition, type GrowthFigures, type GrowthReferences, type GrowthTables } from '@bairn/growth'
import type { ImmunizationEdition, UncertainDatePolicy } from '@bairn/immunization'
import { checkNutritionEdition, type NutritionEdition } from '@bairn/nutrition'
import { checkPlanEdition, type PlanEdition } from '@bairn/plan'
import { formatDay, type Day } from '@bairn/quantities'
import { editionTitle, type Message } from '@bairn/reasoning'
import { immunizationEditionFor, loadImmunizationEdition, loadUncertainDatePolicy } from './immunization.ts'

export interface Editions {
  readonly growth: GrowthReferences
  readonly nutrition: NutritionEdition
  readonly plan: PlanEdition
  /** the vaccine schedule of a country; absent: no country was named, or there is no full schedule of it */
  readonly immunization?: ImmunizationEdition
  /** with the schedule: what is done about a dose whose day is not known */
  readonly uncertainDates?: UncertainDatePolicy
}

/** What people are told of an edition. */
export interface EditionSummary {
  readonly id: string
  readonly title: Message
  readonly authority: string
  readonly effective: string
  readonly reviewBy: string
  readonly licence: string
  readonly sources: readonly string[]
  /** rules by how sure their source is; recalled and policy ones need clinical review */
  readonly evidence: Readonly<Record<'stated' | 'recalled' | 'policy', number>>
}

let loading: Promise<Editions> | undefined

/** Every edition that today's engines use. @throws Error naming the edition and what is wrong with it */
export const loadEditions = (): Promise<Editions> => loading ??= load()

/** Every edition with the vaccine schedule of a country (ISO 3166 alpha-2), where there is a full one. @throws as `loadEditions` */
export async function loadEditionsFor(country: string): Promise<Editions> {
  const [editions, immunization, uncertainDates] = await Promise.all([loadEditions(), scheduleOf(country), loadUncertainDatePolicy()])
  return immunization === undefined ? editions : { ...editions, immunization, uncertainDates }
}

async function scheduleOf(country: string): Promise<ImmunizationEdition | undefined> {
  const found = immunizationEditionFor(country)
  return found?.kind === 'full' ? loadImmunizationEdition(found.id) : undefined
}

async function load(): Promise<Editions> {
  const [figures2006, tables2006, figures2007, tables2007, nutrition, plan] = await Promise.all([
    import('./growth/who-2006/edition.json', { with: { type: 'json' } }),
    import('./growth/who-2006/tables.json', { with: { type: 'json' } }),
    import('./growth/who-2007/edition.json', { with: { type: 'json' } }),
    import('./growth/who-2007/tables.json', { with: { type: 'json' } }),
    import('./nutrition/who-2023/edition.json', { with: { type: 'json' } }),
    import('./plan/bairn-2026/edition.json', { with: { type: 'json' } }),
  ])
  return {
    growth: {
      under5: decodeGrowthEdition(figures2006.default as GrowthFigures, tables2006.default as GrowthTables),
      from5: decodeGrowthEdition(figures2007.default as GrowthFigures, tables2007.default as GrowthTables),
    },
    nutrition: checked(nutrition.default as NutritionEdition, checkNutritionEdition),
    plan: checked(plan.default as PlanEdition, checkPlanEdition),
  }
}

function checked<E extends { readonly id: string }>(edition: E, check: (edition: E) => string[]): E {
  const problems = check(edition)
  if (problems.length > 0) throw new Error(`${edition.id}: ${problems.join('; ')}`)
  return edition
}

/** The loaded editions for people: what, whose, until when, how sure. */
export function summarize({ growth, nutrition, plan, immunization }: Editions): readonly EditionSummary[] {
  return [growth.under5, growth.from5, nutrition, plan, ...(immunization === undefined ? [] : [immunization])].map((edition) => {
    const { id, authority, effective, reviewBy, licence, sources, rules } = edition
    const evidence = { stated: 0, recalled: 0, policy: 0 }
    for (const rule of Object.values(rules) as { readonly evidence: string }[]) evidence[rule.evidence as keyof typeof evidence] += 1
    return { id, title: editionTitle(edition), authority, effective, reviewBy, licence, sources: Object.values(sources).map(({ document }) => document), evidence }
  })
}

/** Past the date by which someone had to look at the edition again. */
export const isPastReview = ({ reviewBy }: { readonly reviewBy: string }, on: Day): boolean => formatDay(on) > reviewBy
