/**
 * `bairn transfer FILE --from CC --to CC`: a child who moves. FHIR in; every dose decided by the new country's schedule, what differs
 * between the two, and the catch-up, as text, JSON or FHIR. Needs no server, database or home.
 * Exit codes: 0 every child was answered, 1 an input could not be used (one sentence each), 2 a wrong option.
 */
import type { Readable, Writable } from 'node:stream'
import { identityFromFhir, needsVaccineBridge, readForecastRequest, transferToFhir } from '@bairn/fhir'
import { transferWithUncertainDates, type ImmunizationEdition, type Transfer } from '@bairn/immunization'
import { formatMessage, loadMessages, loadUncertainDatePolicy, loadVaccineBridge, type Language } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import type { Issue, Message } from '@bairn/reasoning'
import { localToday, wholeDay, withSentences, write } from '../answer.ts'
import { readInputs, Unusable, type Input } from '../assess/read.ts'
import { childrenOf, requestOf, type ChildInput } from './children.ts'
import { scheduleOf } from './schedule.ts'
import { formatTransfer } from './text.ts'

export interface CrossingOptions {
  /** none, or '-': standard input */
  readonly file?: string
  /** two or three letters */
  readonly from: string
  readonly to: string
  /** '2026-11-23'; today without it, as this computer counts it */
  readonly on?: string
  readonly format: 'text' | 'json' | 'fhir'
  readonly language: Language
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

export interface Moved {
  readonly patient: string
  readonly name?: string
  readonly birthDate: Day
  readonly sex: 'female' | 'male' | 'unknown'
  readonly found: Transfer
  readonly issues: readonly Issue[]
}
interface Asked { readonly from: ImmunizationEdition; readonly to: ImmunizationEdition; readonly on: Day }

export async function runCrossing({ file, from, to, on: given, format, language, stdin, stdout, stderr }: CrossingOptions): Promise<number> {
  await loadMessages(language)
  const say = (message: Message): string => formatMessage(message, language)
  const tell = (message: Message): void => { stderr.write(`${say(message)}\n`) }
  const day = given === undefined ? { ok: true as const, value: localToday() } : wholeDay(given)
  if (!day.ok) {
    tell({ key: 'assess.day', params: { given: { text: given ?? '' } } })
    return 2
  }
  const [old, next] = [await scheduleOf('--from', from), await scheduleOf('--to', to)]
  for (const schedule of [old, next]) if (!schedule.ok) for (const problem of schedule.problems) tell(problem)
  if (!old.ok || !next.ok) return 2
  const asked: Asked = { from: old.edition, to: next.edition, on: day.value }
  const name = say({ key: 'assess.standardInput' })
  let input: Input
  try {
    input = await readInputs({ files: file === undefined ? [] : [file], stdin, name })
  } catch (problem) {
    if (!(problem instanceof Unusable)) throw problem
    tell(problem.text)
    return 1
  }
  const { moved, problems } = await answer(input, asked, file === undefined || file === '-' ? name : file)
  for (const problem of problems) tell(problem)
  if (problems.length > 0) return 1
  await write(stdout, render(moved, input, asked, { format, language, say }))
  return 0
}

async function answer({ bundles, loose }: Input, asked: Asked, file: string): Promise<{ readonly moved: readonly Moved[]; readonly problems: readonly Message[] }> {
  const moved: Moved[] = []
  const problems: Message[] = []
  for (const resources of [...bundles.map((bundle) => bundle.resources), ...(loose.length === 0 ? [] : [loose])]) {
    const { children, issues } = childrenOf(resources)
    if (children.length === 0) problems.push({ key: 'crossing.noChild', params: { file: { text: file } } })
    for (const child of children) {
      const one = await move(child, asked, issues)
      if (one.ok) moved.push(one.value)
      else problems.push(...one.problems)
    }
  }
  return { moved, problems }
}

/** The history is read twice, in the codes of each schedule: a dose is the same by its id. */
async function move(child: ChildInput, { from, to, on }: Asked, nobodys: readonly Message[]): Promise<{ readonly ok: true; readonly value: Moved } | { readonly ok: false; readonly problems: readonly Message[] }> {
  const request = requestOf(child, on)
  const resources = child.resources.map(({ resource }) => resource)
  const bridge = needsVaccineBridge(resources, to) || needsVaccineBridge(resources, from) ? await loadVaccineBridge() : undefined
  const [here, there] = [readForecastRequest(request, to, bridge), readForecastRequest(request, from, bridge)]
  if (here.facts === undefined || there.facts === undefined) return { ok: false, problems: here.issues.filter(({ severity }) => severity === 'error').map(({ text }) => text) }
  const name = identityFromFhir([child.patient])?.name
  const found = transferWithUncertainDates(here.facts, { from, to }, { assessment: on, there: there.facts, policy: await loadUncertainDatePolicy() })
  return { ok: true, value: {
    patient: here.patient ?? '', ...(name === undefined ? {} : { name }), birthDate: here.facts.birthDate, sex: here.facts.sex,
    found,
    issues: [...[...nobodys, ...dayUnknown(found)].map((text): Issue => ({ code: 'business-rule', severity: 'warning', text })), ...here.issues.filter(({ text }) => text.key !== 'immunization.request.partialDate')],
  } }
}

/** What waits for a day that is not known: beside the plan, so that no format leaves it out. */
const dayUnknown = ({ uncertain }: Transfer): readonly Message[] => uncertain?.planHolds === false ? [{ key: 'immunization.transfer.planOpen' }] : []

function render(moved: readonly Moved[], { many, lines }: Input, { from, to, on }: Asked, { format, language, say }: { readonly format: CrossingOptions['format']; readonly language: Language; readonly say: (message: Message) => string }): string {
  if (format === 'text') return moved.map((one) => formatTransfer(one, { from, to, on, language })).join('\n')
  const documents = moved.map((one) => format === 'json'
    ? withSentences({ patient: one.patient, ...one.found, issues: one.issues }, say)
    : transferToFhir(one.found, { patient: one.patient, edition: to, issues: one.issues, say }))
  if (lines) return documents.map((document) => `${JSON.stringify(document)}\n`).join('')
  return `${JSON.stringify(documents.length === 1 && !many ? documents[0] : documents, null, 2)}\n`
}
