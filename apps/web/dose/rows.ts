/**
 * What can be recorded, in the order of the plan: what is due, then every other disease of the schedule, then a vaccine in words. Pure.
 */
import { groupName, type Plan, type PlanItem, type VaccineForecast } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'
import type { Sign } from '../plan/sign.ts'
import { needOf } from '../vaccines/timeline.ts'

export interface DoseRow {
  /** the need of the plan, or WORDS */
  readonly key: string
  readonly name: Message
  readonly number?: number
  readonly sign: Sign
  readonly due?: Day
  readonly forecast?: VaccineForecast
  readonly item?: PlanItem
}
/** a vaccine that is on no list */
export const WORDS = 'words'

export function rowsOf(plan: Plan): { readonly due: readonly DoseRow[]; readonly others: readonly DoseRow[] } {
  const forecasts = new Map((plan.vaccines?.forecasts ?? []).map((forecast) => [needOf(forecast) as string, forecast]))
  const due = plan.items.filter(({ action, urgency, need }) => action === 'give' && urgency !== 'comingUp' && forecasts.has(need)).map((item) => rowOf(item.need, forecasts.get(item.need) as VaccineForecast, item))
  const taken = new Set(due.map(({ key }) => key))
  return {
    due,
    others: [...[...forecasts].filter(([key]) => !taken.has(key)).map(([key, forecast]) => rowOf(key, forecast)), { key: WORDS, name: { key: 'vaccines.inWords' }, sign: 'notKnown' }],
  }
}

function rowOf(key: string, forecast: VaccineForecast, item?: PlanItem): DoseRow {
  const { status, window, doseNumber, group } = forecast
  const sign: Sign = item !== undefined ? item.urgency : status === 'notComplete' ? 'comingUp' : status === 'contraindicated' ? 'urgent' : status === 'unknown' ? 'notKnown' : 'notNeeded'
  return {
    key, forecast, sign, name: nameOf(item) ?? groupName(group), ...(doseNumber === undefined ? {} : { number: doseNumber }),
    ...(item !== undefined ? { item, due: item.window.due } : window === undefined ? {} : { due: window.due }),
  }
}
/** One product for several diseases is named as the plan names it. */
const nameOf = (item: PlanItem | undefined): Message | undefined => {
  const vaccine = item?.title.params?.['vaccine']
  return vaccine !== undefined && 'message' in vaccine ? vaccine.message : undefined
}
