/**
 * What to ask before a transfer is relied on. Where the new country's own validity rules are not confirmed here, a dose may count by the
 * rules that stand in for them although the country gives that dose only later: a measles dose at 9 months where the first is at 12. Then
 * the child might lack a dose that the country wants. One line a disease, for the dose that is earliest against the country's own age.
 */
import type { Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'
import { rulesMessage } from './decisionMessage.ts'
import type { ImmunizationEdition } from './edition.ts'
import type { ImmunizationFacts } from './patient.ts'
import { diseaseMessage, periodMessage, scheduleMessage, spanMessage } from './phrases.ts'
import type { DoseDecision } from './transfer.ts'

export interface ToAsk { readonly disease: string; readonly dose: string; readonly text: Message }

export function toAsk(decisions: readonly DoseDecision[], { birthDate }: ImmunizationFacts, edition: ImmunizationEdition): readonly ToAsk[] {
  const early = decisions.filter((one) => one.decision === 'accepted' && !one.confirmed && one.here?.usual !== undefined && firstDay(one) < one.here.usual.day)
  return [...Map.groupBy(early, ({ disease }) => disease ?? '')].flatMap(([disease, all]): ToAsk[] => {
    const [most] = all.toSorted((a, b) => daysEarly(b) - daysEarly(a))
    if (most?.here?.usual === undefined) return []
    return [{ disease, dose: most.dose.id, text: { key: 'immunization.transfer.ask', params: {
      disease: diseaseMessage(disease), day: { day: most.dose.date }, ...(most.between === undefined ? {} : { from: { day: most.between.earliest }, to: { day: most.between.latest } }), rules: rulesMessage(edition), schedule: scheduleMessage(edition.country),
      birth: { code: most.between !== undefined ? 'span' : most.dose.date === birthDate ? 'yes' : 'no' }, age: { message: spanMessage(birthDate, most.dose.date) }, usual: { message: periodMessage(most.here.usual.period) },
    } } }]
  })
}

/** The first day that it may have been given. */
const firstDay = ({ dose, between }: DoseDecision): Day => between?.earliest ?? dose.date
const daysEarly = (one: DoseDecision): number => (one.here?.usual?.day ?? firstDay(one)) - firstDay(one)
