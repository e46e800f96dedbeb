/**
 * `bairn assess FILE…`: FHIR in, plans out, in a terminal, as JSON or as FHIR. Reads files and standard input, computes in this
 * process, needs no server, database or home, and writes nothing but its answer.
 * Exit codes: 0 every child was answered, 1 an input could not be used (one sentence each, no plan), 2 a wrong option.
 */
import type { Readable, Writable } from 'node:stream'
import { childrenFromFhir, identityFromFhir, loadEditionsToRead, planToFhir, scheduleIn } from '@bairn/fhir'
import { formatMessage, loadMessages, type Language } from '@bairn/knowledge'
import { planFor, type ChildFacts, type Plan, type Setting } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import type { Message } from '@bairn/reasoning'
import { localToday, wholeDay, withSentences, write } from '../answer.ts'
import { placeName, readInputs, Unusable, type Group, type Input } from './read.ts'
import { formatPlan } from './text.ts'

export interface AssessOptions {
  /** none, or '-': standard input */
  readonly files: readonly string[]
  /** the day of the plan, '2026-11-23'; without it today, as this computer counts it */
  readonly on?: string
  /** the country whose vaccine schedule holds, ISO 3166 alpha-2; without it no dose is judged */
  readonly place?: string
  readonly format: 'text' | 'json' | 'fhir'
  readonly lang: Language
  readonly stdin: Readable
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable
  /** for tests: the day that counts as today */
  readonly today?: Day
  /** where the children are seen; by default a primary care clinic anywhere */
  readonly setting?: Setting
}

/** Issues after which a plan would be about somebody else: the age is impossible. */
const FATAL: ReadonlySet<string> = new Set(['record.birthDate.impossible', 'record.birthDate.future', 'plan.issue.birthAfterDay'])
const ANYWHERE: Setting = { place: '', country: '', profile: 'primaryCare', switches: {} }

interface Answered { readonly plan: Plan; readonly facts: ChildFacts; readonly name?: string }

/** Runs the command; resolves to its exit code. */
export async function runAssess(options: AssessOptions): Promise<number> {
  const { files, format, lang, stdin, stdout, stderr } = options
  await loadMessages(lang)
  const say = (message: Message): string => formatMessage(message, lang)
  const complain = (messages: readonly Message[]): void => { for (const message of messages) stderr.write(`${say(message)}\n`) }
  const today = options.today ?? localToday()
  const parsed = options.on === undefined ? { ok: true as const, value: today } : wholeDay(options.on)
  if (!parsed.ok) {
    complain([{ key: 'assess.day', params: { given: { text: options.on ?? '' } } }])
    return 2
  }
  if (options.place !== undefined && !/^[A-Za-z]{2}$/.test(options.place)) {
    complain([{ key: 'assess.country', params: { given: { text: options.place } } }])
    return 2
  }
  const on = parsed.value
  let input: Input
  try {
    input = await readInputs({ files, stdin, name: say({ key: 'assess.standardInput' }) })
  } catch (problem) {
    if (!(problem instanceof Unusable)) throw problem
    complain([problem.text])
    return 1
  }
  const { answered, problems } = await answer(input, { on, today, setting: { ...(options.setting ?? ANYWHERE), ...(options.place === undefined ? {} : { country: options.place.toUpperCase() }) }, files, name: say({ key: 'assess.standardInput' }) })
  if (problems.length > 0) {
    complain(problems)
    return 1
  }
  await write(stdout, render(answered, input, { format, lang, say, colour: stdout.isTTY === true }))
  return 0
}

/** Every child of the input with its plan, and what makes the input unusable. */
async function answer({ bundles, loose }: Input, { on, today, setting, files, name }: { readonly on: Day; readonly today: Day; readonly setting: Setting; readonly files: readonly string[]; readonly name: string }): Promise<{ readonly answered: Answered[]; readonly problems: Message[] }> {
  const first = files[0]
  const groups: Group[] = [...bundles, ...(loose.length === 0 ? [] : [{ resources: loose, place: { file: first === undefined || first === '-' ? name : first } }])]
  const editions = await loadEditionsToRead(setting.country, groups.flatMap(({ resources }) => resources))
  const answered: Answered[] = []
  const problems: Message[] = []
  for (const { resources, place } of groups) {
    const children = childrenFromFhir(resources, { convert: convertUcum, on: on > today ? on : today, ...scheduleIn(editions) })
    if (children.length === 0) problems.push({ key: 'assess.noChild', params: { file: { text: place.file } } })
    const names = namesOf(resources)
    for (const facts of children) {
      const plan = planFor(facts, { on, setting, editions })
      const fatal = plan.issues.filter(({ text }) => FATAL.has(text.key))
      problems.push(...fatal.map(({ text }): Message => ({ key: 'assess.json', params: { ...placeName(place).params, problem: { message: text } } })))
      const known = names.get(facts.id)
      answered.push({ plan, facts, ...(known === undefined ? {} : { name: known }) })
    }
  }
  return { answered, problems }
}

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names by the key of the child: the resource's id, or its address in the Bundle. */
function namesOf(resources: readonly unknown[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const visit = (value: unknown, url: unknown): void => {
    if (!isObject(value)) return
    if (value['resourceType'] === 'Bundle' && Array.isArray(value['entry'])) for (const entry of value['entry']) if (isObject(entry)) visit(entry['resource'], entry['fullUrl'])
    if (value['resourceType'] !== 'Patient') return
    const name = identityFromFhir([value])?.name
    const key = typeof value['id'] === 'string' ? `Patient/${value['id']}` : url
    if (name !== undefined && typeof key === 'string') names.set(key, name)
  }
  for (const resource of resources) visit(resource, undefined)
  return names
}

function render(answered: readonly Answered[], { many, lines }: Input, { format, lang, say, colour }: { readonly format: AssessOptions['format']; readonly lang: Language; readonly say: (message: Message) => string; readonly colour: boolean }): string {
  if (format === 'text') return answered.map((one) => formatPlan({ ...one, language: lang, colour })).join('\n')
  const documents = answered.map(({ plan }) => (format === 'json' ? withSentences(plan, say) : planToFhir(plan, { say, language: lang })))
  if (lines) return documents.map((document) => `${JSON.stringify(document)}\n`).join('')
  if (documents.length === 1 && !many) return `${JSON.stringify(documents[0], null, 2)}\n`
  if (format === 'json') return `${JSON.stringify(documents, null, 2)}\n`
  const entry = answered.flatMap(({ plan }) => planToFhir(plan, { say, language: lang }).entry)
  return `${JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }, null, 2)}\n`
}
