/**
 * Says of a missing measure why it is missing when it was in fact taken: its score lies beyond the flags and waits for a second
 * measurement, or the growth engine could not score it (no sex, too short for the table, swollen feet).
 */
import type { Reason } from '@bairn/reasoning'
import type { Context } from './context.ts'
import type { PlanIndicator } from './plan.ts'
import { kindsOf, lastDayOfAll } from './scores.ts'

const INDICATOR: Readonly<Record<string, PlanIndicator>> = { weightForLength: 'weightForLengthHeight', weightForAge: 'weightForAge', lengthForAge: 'lengthHeightForAge' }

/** The reason with `asked` set to 'doubted' or 'notScored' where that is the case; others as they are. */
export function explainMissing(reason: Reason, { scores, snapshot, state }: Pick<Context, 'scores' | 'snapshot' | 'state'>): Reason {
  const what = reason.text.key === 'nutrition.missing' ? reason.text.params?.['what'] : undefined
  if (what === undefined || !('code' in what) || state === undefined) return reason
  const indicator = INDICATOR[what.code]
  const said = (asked: string): Reason => ({ ...reason, text: { ...reason.text, params: { ...reason.text.params, asked: { code: asked } } } })
  if (what.code === 'muac') return snapshot.days('muac').at(-1) === state.main.day ? said('doubted') : reason
  if (indicator === undefined) return reason
  const score = scores.find((one) => one.indicator === indicator)
  if (score !== undefined && score.flagged && !score.confirmed && score.day === state.main.day) return said('doubted')
  return lastDayOfAll(snapshot, kindsOf(indicator)) === state.main.day ? said('notScored') : reason
}
