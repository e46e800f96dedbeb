/**
 * Opens a file or standard input as a stream of text, whatever it was saved as: gzip or not, UTF-8 with or without BOM,
 * UTF-16 (Excel's "Unicode text"), or Windows-1252. Never holds more than a few pieces in memory.
 */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Issue } from '@bairn/reasoning'

export interface TextSource {
  readonly text: Readable
  /** bytes of the file, when it is one: for progress */
  readonly bytes: number | undefined
  readonly read: () => number
}

/** What stops a file from being read, as an Issue that the edge prints. */
export class Unusable extends Error {
  readonly issue: Issue
  constructor(issue: Issue) {
    super(issue.code)
    this.issue = issue
  }
}
export const unusable = (code: string, params: NonNullable<Issue['text']['params']>): Unusable =>
  new Unusable({ code, severity: 'error', text: { key: `growthFile.${code}`, params } })

const PIECE = 1 << 16

export function openText({ file, size, stdin }: { readonly file: string | undefined; readonly size: number | undefined; readonly stdin: Readable }): TextSource {
  let count = 0
  const raw = file === undefined ? stdin : createReadStream(file, { highWaterMark: PIECE })
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of raw as AsyncIterable<Buffer>) {
      count += piece.length
      yield piece
    }
  }
  return { text: Readable.from(decode(unzip(counted())), { objectMode: true, highWaterMark: 2 }), bytes: size, read: () => count }
}

async function* unzip(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await atLeast(pieces, 4)
  const rest = prepend(first, pieces)
  if (!(first[0] === 0x1f && first[1] === 0x8b)) {
    yield* rest
    return
  }
  const gunzip = createGunzip({ chunkSize: PIECE })
  const source = Readable.from(rest)
  source.on('error', (problem) => { gunzip.destroy(problem) })
  source.pipe(gunzip)
  try {
    for await (const piece of gunzip) yield piece as Buffer
  } catch (problem) {
    if (problem instanceof Unusable || (problem as NodeJS.ErrnoException).syscall !== undefined) throw problem
    throw unusable('gzipBroken', {})
  }
}

async function* decode(pieces: AsyncGenerator<Buffer>): AsyncGenerator<string> {
  const first = await atLeast(pieces, 4)
  const encoding = encodingOf(first)
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  for await (const piece of prepend(first, pieces)) {
    try {
      const text = decoder.decode(piece, { stream: true })
      if (text !== '') yield text
    } catch {
      throw unusable('notText', { line: { number: line, digits: 0 } })
    }
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) line += 1
  }
  const last = decoder.decode()
  if (last !== '') yield last
}

/** By its first bytes; text that is no UTF-8 is taken as Windows-1252, in which every byte is a letter. */
function encodingOf(first: Buffer): string {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le'
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be'
  if (first.includes(0)) throw unusable('notText', { line: { number: 1, digits: 0 } })
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(first, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

async function atLeast(pieces: AsyncGenerator<Buffer>, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  while (length < bytes) {
    const next = await pieces.next()
    if (next.done === true) break
    parts.push(next.value)
    length += next.value.length
  }
  return Buffer.concat(parts)
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first
  yield* rest
}
