/**
 * FHIR from files and standard input, as the resources of each child: JSON or NDJSON, one resource, a list or a Bundle, gzip or not.
 * A Bundle that holds a Patient stands for itself; everything else of one run belongs together.
 * What stops an input from being used is an `Unusable` with one sentence; what is only doubtful stays an Issue of the child.
 */
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parseFhirJson } from '@bairn/fhir/json'
import type { Message, MessageParam } from '@bairn/reasoning'

/** Why an input cannot be used. */
export class Unusable extends Error {
  readonly text: Message
  constructor(key: string, params: Readonly<Record<string, MessageParam>>) {
    super(key)
    this.text = { key: `assess.${key}`, params }
  }
}

export interface Place { readonly file: string; readonly line?: number }
/** Resources that belong together, and where they came from. */
export interface Group { readonly resources: readonly unknown[]; readonly place: Place }
export interface Input {
  /** children that stand for themselves, in the order given */
  readonly bundles: readonly Group[]
  /** single resources, taken together */
  readonly loose: readonly unknown[]
  /** more than one document came in, or a list: the answer is a list too */
  readonly many: boolean
  /** one document a line came in: one comes out */
  readonly lines: boolean
}

interface Document { readonly value: unknown; readonly place: Place }

/** @param files '-' or none: standard input. @param name what standard input is called in a sentence. @throws Unusable */
export async function readInputs({ files, stdin, name }: { readonly files: readonly string[]; readonly stdin: AsyncIterable<Uint8Array | string>; readonly name: string }): Promise<Input> {
  const documents: Document[] = []
  let lines = false
  for (const given of files.length === 0 ? ['-'] : files) {
    const file = given === '-' ? name : given
    const text = decode(await unzip(given === '-' ? await bytesOf(stdin) : await bytesOfFile(given), file), file)
    const parsed = parse(text, file)
    documents.push(...parsed.documents)
    lines ||= parsed.lines
  }
  const bundles: Group[] = []
  const loose: unknown[] = []
  let many = files.length > 1
  const add = (value: unknown, place: Place): void => {
    if (Array.isArray(value)) {
      many = true
      for (const one of value as readonly unknown[]) add(one, place)
    } else if (isBundle(value, place) && holdsPatient(value)) bundles.push({ resources: [value], place })
    else loose.push(value)
  }
  for (const { value, place } of documents) add(value, place)
  return { bundles, loose, many, lines }
}

async function bytesOfFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (problem) {
    const { code, message } = problem as NodeJS.ErrnoException
    const params = { file: { text: file } }
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new Unusable('notFound', params)
    if (code === 'EISDIR') throw new Unusable('isFolder', params)
    if (code === 'EACCES' || code === 'EPERM') throw new Unusable('notAllowed', params)
    throw new Unusable('unreadable', { ...params, problem: { text: code ?? message } })
  }
}

async function bytesOf(stdin: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stdin) pieces.push(Buffer.from(piece as Uint8Array))
  return Buffer.concat(pieces)
}

async function unzip(bytes: Buffer, file: string): Promise<Buffer> {
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return bytes
  try {
    return await promisify(gunzip)(bytes)
  } catch {
    throw new Unusable('gzipBroken', { file: { text: file } })
  }
}

function decode(bytes: Buffer, file: string): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Unusable('notText', { file: { text: file } })
  }
  if (text.trim() === '') throw new Unusable('empty', { file: { text: file } })
  return text
}

function parse(text: string, file: string): { readonly documents: readonly Document[]; readonly lines: boolean } {
  if (!/\.(ndjson|jsonl)(\.gz)?$/i.test(file)) {
    const whole = parseFhirJson(text)
    if (whole.ok) return { documents: [{ value: whole.value, place: { file } }], lines: false }
    // A first line that is JSON by itself, with more to come, is one document a line.
    const end = text.search(/\r?\n\s*\S/)
    if (end === -1 || !parseFhirJson(text.slice(0, end)).ok) throw new Unusable('json', { file: { text: file }, line: { code: 'none' }, problem: { message: whole.issues[0]?.text ?? { key: 'fhir.json.empty' } } })
  }
  const documents = text.split('\n').flatMap((line, index): Document[] => {
    if (line.trim() === '') return []
    const parsed = parseFhirJson(line, { firstLine: index + 1 })
    if (!parsed.ok) throw new Unusable('json', { file: { text: file }, line: { code: 'none' }, problem: { message: parsed.issues[0]?.text ?? { key: 'fhir.json.empty' } } })
    return [{ value: parsed.value, place: { file, line: index + 1 } }]
  })
  return { documents, lines: true }
}

// HL7 FHIR R4, value set bundle-type.
const BUNDLE_TYPES: ReadonlySet<unknown> = new Set(['document', 'message', 'transaction', 'transaction-response', 'batch', 'batch-response', 'history', 'searchset', 'collection'])

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws Unusable for what is no resource, and for a Bundle of a type that R4 does not know */
function isBundle(value: unknown, place: Place): value is Json {
  const said = { place: { message: placeName(place) } }
  if (!isObject(value) || typeof value['resourceType'] !== 'string') throw new Unusable('notFhir', said)
  if (value['resourceType'] !== 'Bundle') return false
  if (!BUNDLE_TYPES.has(value['type'])) throw new Unusable('bundleType', { ...said, given: { text: typeof value['type'] === 'string' ? value['type'] : '' } })
  return true
}

const holdsPatient = (bundle: Json): boolean =>
  Array.isArray(bundle['entry']) && bundle['entry'].some((entry) => isObject(entry) && isObject(entry['resource']) && (entry['resource']['resourceType'] === 'Patient' || (entry['resource']['resourceType'] === 'Bundle' && holdsPatient(entry['resource']))))

export const placeName = ({ file, line }: Place): Message => ({ key: 'assess.place', params: { file: { text: file }, line: { code: line === undefined ? 'none' : String(line) } } })
