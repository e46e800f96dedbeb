/**
 * What can be wrong with a record, each by one key of knowledge/messages/<language>/record.json. The code is R4's issue type,
 * so that an Issue becomes an OperationOutcome as it stands; the key is the name.
 */
import type { Issue, MessageParam } from '@bairn/reasoning'
import type { ObservationKind } from './codes.ts'

const TYPES = {
  'record.resource.none': 'structure', 'record.id.duplicate': 'duplicate', 'record.id.duplicatePatient': 'duplicate',
  'record.subject.missing': 'required', 'record.subject.notHere': 'not-found',
  'record.birthDate.impossible': 'value', 'record.birthDate.future': 'value', 'record.birthDate.time': 'conflict', 'record.birthDate.accuracy': 'code-invalid',
  'record.sex.code': 'code-invalid', 'record.death.date': 'value',
  'record.day.missing': 'required', 'record.day.impossible': 'value', 'record.day.imprecise': 'value', 'record.day.beforeBirth': 'business-rule',
  'record.status.preliminary': 'business-rule', 'record.status.unknown': 'business-rule', 'record.status.missing': 'required',
  'record.unit.missing': 'required', 'record.unit.unknown': 'code-invalid', 'record.unit.word': 'code-invalid',
  'record.value.missing': 'required', 'record.value.notNumber': 'value', 'record.value.comparator': 'value',
  'record.value.notPositive': 'value', 'record.value.tooSmall': 'value', 'record.value.tooLarge': 'value', 'record.value.notMeasured': 'business-rule',
  'record.code.checkDigit': 'code-invalid', 'record.code.noSystem': 'code-invalid', 'record.code.display': 'conflict', 'record.code.conflict': 'conflict',
  'record.answer.unknown': 'code-invalid', 'record.gestation.two': 'conflict',
} as const
export type IssueKey = keyof typeof TYPES
export const ISSUE_KEYS = Object.keys(TYPES) as readonly IssueKey[]

/** An Issue of this area. `error`: the thing was not used. `warning`: it was used, with this doubt. */
export const issue = (key: IssueKey, severity: Issue['severity'], where: string, params: Readonly<Record<string, MessageParam>> = {}): Issue =>
  ({ code: TYPES[key], severity, text: { key, params: { where: { text: where }, ...params } }, where })

/** 'Weight', 'Head circumference' and so on, as a parameter of the sentences above. */
export const kindName = (kind: ObservationKind | 'task'): MessageParam => ({ message: { key: `record.kind.${kind}` } })
