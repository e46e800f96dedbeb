/** What a schedule decides of a dose given elsewhere, in one sentence with its numbers. */
import type { Message, MessageParam } from '@bairn/reasoning'
import type { ImmunizationEdition } from './edition.ts'
import { explain } from './explain.ts'
import type { Finding } from './finding.ts'
import type { Judgement } from './judge.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import { diseaseMessage, periodMessage, scheduleMessage, spanMessage } from './phrases.ts'
import type { TransferDecision } from './transfer.ts'

export interface Decided {
  readonly dose: DoseAdministered
  readonly decision: TransferDecision
  readonly disease: string | undefined
  readonly confirmed: boolean
  readonly judgement: Judgement | undefined
  /** why the schedule could not judge the dose */
  readonly aside: Finding | undefined
  readonly facts: ImmunizationFacts
  readonly edition: ImmunizationEdition
}

export function decisionMessage({ dose, decision, disease, confirmed, judgement, aside, facts, edition }: Decided): Message {
  const params = { disease: diseaseMessage(disease ?? dose.cvx), schedule: scheduleMessage(edition.country) }
  const asideText: MessageParam = { message: aside === undefined ? { key: 'immunization.transfer.why.product' } : explain(aside, edition).text }
  const why = (judgement?.findings ?? []).find(({ rule }) => DECIDES.has(rule))
  const reason: MessageParam = { message: why === undefined ? { key: 'immunization.transfer.why.other' } : whyMessage(why, dose, facts, edition) }
  switch (decision) {
    case 'accepted': return confirmed ? { key: 'immunization.transfer.accepted', params } : { key: 'immunization.transfer.acceptedByOthers', params: { ...params, rules: rulesMessage(edition) } }
    case 'extra': return { key: 'immunization.transfer.extra', params }
    case 'repeat': return { key: 'immunization.transfer.repeat', params: { ...params, why: reason } }
    case 'notConfirmed': return { key: 'immunization.transfer.notConfirmed', params: { ...params, why: reason, rules: rulesMessage(edition) } }
    case 'notInSchedule': return disease === undefined
      ? { key: 'immunization.transfer.notInScheduleVaccine', params: { ...params, what: { text: dose.cvx } } }
      : { key: 'immunization.transfer.notInSchedule', params }
    case 'notJudged': return disease === undefined
      ? { key: 'immunization.transfer.notJudgedVaccine', params: { ...params, why: asideText } }
      : { key: 'immunization.transfer.notJudged', params: { ...params, why: asideText } }
  }
}

/** findings that make a dose not count, most telling first */
const DECIDES: ReadonlySet<string> = new Set([
  'doseCondition.expired', 'doseCondition.flagged', 'inadvertent.vaccine', 'age.tooYoung', 'interval.tooSoon', 'conflict.liveVirus', 'vaccine.notAllowed',
])

/** Whose rules they are, where they are borrowed. */
export const rulesMessage = ({ validity, country }: ImmunizationEdition): MessageParam =>
  scheduleMessage(validity === 'own' ? country : /(?:^|\/)who-/.test(validity.borrowed) ? 'WHO' : validity.borrowed)

function whyMessage({ rule, day, period, code, dose: earlier }: Finding, dose: DoseAdministered, { birthDate, doses }: ImmunizationFacts, edition: ImmunizationEdition): Message {
  const given = doses.find(({ id }) => id === earlier)
  const params = {
    birth: { code: dose.date === birthDate ? 'yes' : 'no' }, age: { message: spanMessage(birthDate, dose.date) },
    ...(day === undefined ? {} : { day: { day } }),
    ...(period === undefined ? {} : { period: { message: periodMessage(period) } }),
    ...(code === undefined ? {} : { what: { text: edition.vaccines.get(code)?.name ?? code } }),
    ...(given === undefined ? {} : { span: { message: spanMessage(given.date, dose.date) } }),
  } satisfies Record<string, MessageParam>
  switch (rule) {
    case 'age.tooYoung': return { key: 'immunization.transfer.why.tooYoung', params }
    case 'interval.tooSoon': return { key: given === undefined ? 'immunization.transfer.why.tooSoonAfter' : 'immunization.transfer.why.tooSoon', params }
    case 'conflict.liveVirus': return { key: 'immunization.transfer.why.liveVirus', params }
    case 'inadvertent.vaccine': return { key: 'immunization.transfer.why.inadvertent', params }
    case 'vaccine.notAllowed': return { key: 'immunization.transfer.why.notAllowed', params }
    default: return explain({ rule, ...(day === undefined ? {} : { day }), ...(code === undefined ? {} : { code }) }, edition).text
  }
}
