/** One series by itself, whether it would be chosen for the child or not. Other groups of its antigen are asked when a skip asks for them. */
import type { Day } from '@bairn/quantities'
import { findContraindication, findImmunity } from '../contraindication.ts'
import type { Antigen, ImmunizationEdition, Series } from '../edition.ts'
import { forecastSeries, type SeriesForecast } from '../forecast.ts'
import { organizeHistory, type Child, type ImmunizationFacts } from '../patient.ts'
import { isRelevant } from '../relevant.ts'
import { evaluateSeries } from '../series.ts'

export const childOf = (facts: ImmunizationFacts, edition: ImmunizationEdition, assessment: Day, strict = false): Child => organizeHistory(facts, edition, { assessment, strict })

export function seriesAlone(series: Series, child: Child): SeriesForecast {
  const antigen = child.edition.antigenByName.get(series.antigen) as Antigen
  const facts = { immune: findImmunity(child, antigen), contraindicated: findContraindication(child, antigen) }
  const asked = new Map<string, boolean>()
  const run = (one: Series): SeriesForecast => forecastSeries(evaluateSeries(one, child, isGroupComplete), facts)
  const isGroupComplete = (seriesGroup: string): boolean => {
    const found = asked.get(seriesGroup)
    if (found !== undefined) return found
    asked.set(seriesGroup, false)
    const complete = antigen.series.some((one) => one.seriesGroup === seriesGroup && isRelevant(child, one) && run(one).status === 'complete')
    asked.set(seriesGroup, complete)
    return complete
  }
  return run(series)
}
