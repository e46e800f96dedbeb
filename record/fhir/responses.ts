/**
 * What a worker did about a plan item, between Task and Response. Tasks without Bairn's need code are somebody else's and are left alone.
 * Status: completed = done, rejected = declined by the family, failed = not today; anything else says nothing yet.
 */
import type { Response } from '@bairn/plan'
import type { Issue } from '@bairn/reasoning'
import { parseDay } from '@bairn/quantities'
import { BAIRN_NEED, EXTENSION } from './codes.ts'
import { issue, kindName } from './issues.ts'
import { parseWhen } from './observations.ts'
import { codingsOf, findExtension, listOf, objectOf, textOf, type Json } from './read.ts'

export const RESPONSE_STATUS = { done: 'completed', declined: 'rejected', notToday: 'failed' } as const satisfies Readonly<Record<Response['kind'], string>>

export function fromFhirTask(task: Json, id: string, report: (found: Issue) => void): Response | undefined {
  const item = codingsOf(task['code']).find(({ system }) => system === BAIRN_NEED)?.code
  const kind = (Object.keys(RESPONSE_STATUS) as Response['kind'][]).find((each) => RESPONSE_STATUS[each] === task['status'])
  if (item === undefined || kind === undefined) return undefined
  const text = textOf(task['authoredOn']) ?? textOf(objectOf(task['executionPeriod'])?.['start']) ?? textOf(task['lastModified'])
  const when = text === undefined ? undefined : parseWhen(text)
  if (when === undefined || when === 'imprecise') {
    report(issue(text === undefined ? 'record.day.missing' : when === undefined ? 'record.day.impossible' : 'record.day.imprecise', 'error', `${id}.authoredOn`, { kind: kindName('task'), given: { text: text ?? '' } }))
    return undefined
  }
  const until = parseDay(textOf(findExtension(task, EXTENSION.hiddenUntil)?.['valueDate']) ?? '')
  const note = listOf(task['note']).map((each) => textOf(each['text'])).find((each) => each !== undefined)
  return { id, ...when, item, kind, ...(until.ok ? { until: until.value } : {}), ...(note === undefined ? {} : { note }) }
}
