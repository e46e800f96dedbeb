/**
 * A file given to `bairn import`, whatever it is: packed or not, one resource or Bundle, NDJSON, or an export of Bairn.
 * Exports are passed on in pieces, so that they may be larger than memory; the others are read whole.
 */
import { parseFhirJson } from '@bairn/fhir/json'
import { problem, Refused } from '@bairn/server/problems'
import type { Issue } from '@bairn/reasoning'
import { isUtf8 } from 'node:buffer'
import { createReadStream, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

export type Resource = Readonly<Record<string, unknown>>
export type Input =
  | { readonly kind: 'export'; readonly chunks: AsyncIterable<Uint8Array> }
  /** one document, a list of them, or the lines of NDJSON with their numbers */
  | { readonly kind: 'resources'; readonly resources: readonly { readonly resource: Resource; readonly line?: number }[] }

/** @throws Refused naming the file and what is wrong with it; an AbortError when the signal comes, also from its chunks */
export async function openInput(file: string, signal: AbortSignal): Promise<Input> {
  const pieces: AsyncIterator<Buffer> = bytesOf(file, signal)[Symbol.asyncIterator]()
  const first: Buffer[] = []
  // The first line says what it is; documents are often one long line, which is then simply read on.
  for (let found = false; !found; ) {
    const next = await pieces.next()
    if (next.done === true) break
    first.push(next.value)
    found = next.value.includes(10)
  }
  const start = Buffer.concat(first)
  const end = start.indexOf(10)
  if (isExportHeader(start.subarray(0, end === -1 ? start.length : end).toString('utf8'))) return { kind: 'export', chunks: joined(start, pieces) }
  const all: Buffer[] = [start]
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) all.push(next.value)
  return { kind: 'resources', resources: resourcesOf(file, Buffer.concat(all)) }
}

/** The first line of `bairn export`. */
const isExportHeader = (line: string): boolean => line.length < 4096 && line.startsWith('{"bairn":')

async function* unpacked(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 20 })
  const source = Readable.from(pieces)
  source.on('error', (found) => { gunzip.destroy(found) })
  source.pipe(gunzip)
  yield* gunzip as AsyncIterable<Buffer>
}

async function* joined(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield start
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

async function* bytesOf(file: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) throw new Refused([problem('problem.file.none', { file: { text: file } })])
  if (stats.isDirectory()) throw new Refused([problem('problem.file.unreadable', { file: { text: file }, detail: { text: 'EISDIR' } })])
  const raw = createReadStream(file, { highWaterMark: 1 << 20, signal })[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  try {
    const first = await raw.next()
    if (first.done === true) return
    const pieces = joined(first.value, raw)
    yield* first.value[0] === 0x1f && first.value[1] === 0x8b ? unpacked(pieces) : pieces
  } catch (found) {
    if (signal.aborted) throw found
    const { code, syscall } = found as NodeJS.ErrnoException
    if (syscall === undefined && String(code).startsWith('Z')) throw new Refused([problem('problem.file.gzip', { file: { text: file } })])
    throw new Refused([problem('problem.file.unreadable', { file: { text: file }, detail: { text: code ?? String(found) } })])
  }
}

function resourcesOf(file: string, bytes: Buffer): readonly { readonly resource: Resource; readonly line?: number }[] {
  if (!isUtf8(bytes)) throw new Refused([problem('problem.file.text', { file: { text: file } })])
  const text = bytes.toString('utf8')
  const whole = parseFhirJson(text)
  if (whole.ok) return (Array.isArray(whole.value) ? whole.value as readonly unknown[] : [whole.value]).map((value) => ({ resource: objectOf(file, value) }))
  const lines = text.split('\n')
  const many = lines.filter((line) => line.trim() !== '').length > 1 && parseFhirJson(lines.find((line) => line.trim() !== '') ?? '').ok
  if (!many) throw new Refused(inFile(file, whole.issues))
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    const parsed = parseFhirJson(line, { firstLine: index + 1 })
    if (!parsed.ok) throw new Refused(inFile(file, parsed.issues))
    return [{ resource: objectOf(file, parsed.value), line: index + 1 }]
  })
}

function objectOf(file: string, value: unknown): Resource {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && typeof (value as Resource)['resourceType'] === 'string') return value as Resource
  throw new Refused([problem('problem.file.type', { file: { text: file }, found: { text: JSON.stringify(value).slice(0, 40) } })])
}

/** The same sentences, with the file's name before them. */
export const inFile = (file: string, issues: readonly Issue[]): readonly Issue[] =>
  issues.map((issue) => ({ ...issue, text: { key: 'problem.file.refused', params: { file: { text: file }, what: { message: issue.text } } } }))
