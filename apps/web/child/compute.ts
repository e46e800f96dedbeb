/**
 * The engines in the page: the child's FHIR resources to facts, and facts to the plan, by the same code and editions as the server.
 * Comes after the page (dynamic import), so that the plan sent with the page is on screen first. Pure but for loading.
 */
import type { Editions } from '@bairn/knowledge'
import { childFromFhir, loadEditionsToRead, needsUnitConverter, scheduleIn, type UnitConverter } from '@bairn/fhir'
import { planFor, type ChildFacts, type Plan, type Setting } from '@bairn/plan'
import type { Day } from '@bairn/quantities'

export interface Engines {
  readonly editions: Editions
  /** undefined: no Patient among the resources */
  readonly factsOf: (resources: readonly unknown[]) => ChildFacts | undefined
  /** on the day of the plan, or as it would have been on an earlier day */
  readonly planOf: (facts: ChildFacts, day?: Day) => Plan
}

/** What the page computes with, on the day and in the setting of the plan that the server sent. */
export async function loadEngines({ on, setting, resources }: { readonly on: Day; readonly setting: Setting; readonly resources: readonly unknown[] }): Promise<Engines> {
  const [editions, convert] = await Promise.all([loadEditionsToRead(setting.country, resources), converterFor(resources)])
  return {
    editions,
    factsOf: (all) => childFromFhir(all, { convert, on, ...scheduleIn(editions) }),
    planOf: (facts, day = on) => planFor(facts, { on: day, setting, editions }),
  }
}

/** The unit library is large and only foreign units need it: pounds on a card, grams from a scale. */
async function converterFor(resources: readonly unknown[]): Promise<UnitConverter> {
  if (!needsUnitConverter(resources)) return (_, unit) => ({ ok: false, problem: { code: 'unit.unknown', given: unit } })
  return (await import('@bairn/quantities/ucum')).convertUcum
}
