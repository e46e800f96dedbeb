/**
 * The lines of an export: NDJSON, one version a line, each child's Patient first, versions rising. The resource stands last
 * and is cut out of the line as text, so that it comes back byte for byte.
 *   {"bairn":"export","format":1,…}
 *   {"child":"p1","type":"Patient","id":"p1","version":1,"at":"…","practitioner":"…","device":"…","resource":{…}}
 *   {"child":"p1","type":"Observation","id":"o1","version":2,"at":"…",…,"deleted":true}
 *   {"setting":"place",…}   {"conflict":"Observation/o1",…}
 *   {"bairn":"end","versions":2}
 */
import { parseFhirJson } from '@bairn/fhir/json'
import type { Resource } from '../contract.ts'
import { isObject } from '../document.ts'

export const FORMAT = 1

export interface VersionLine {
  readonly kind: 'version'
  readonly line: number
  /** id of the Patient; undefined for what belongs to no child */
  readonly child?: string
  readonly type: string
  readonly id: string
  readonly version: number
  readonly at: string
  readonly practitioner: string
  readonly device: string
  /** undefined: a deletion */
  readonly text?: string
  readonly resource?: Resource
}
export interface SettingLine { readonly kind: 'setting'; readonly key: string; readonly value: unknown; readonly at: string; readonly practitioner: string; readonly device: string }
export interface ConflictLine { readonly kind: 'conflict'; readonly type: string; readonly id: string; readonly base: number; readonly at: string; readonly practitioner: string; readonly device: string; readonly text: string }
export type Line = VersionLine | SettingLine | ConflictLine | { readonly kind: 'header'; readonly format: number } | { readonly kind: 'end'; readonly versions: number }

/** How a version is written, with its line end. */
export function formatVersion(version: Omit<VersionLine, 'kind' | 'line' | 'resource'>): string {
  const { child, type, id, version: number, at, practitioner, device, text } = version
  const head = JSON.stringify({ ...(child === undefined ? {} : { child }), type, id, version: number, at, practitioner, device, ...(text === undefined ? { deleted: true } : {}) })
  return text === undefined ? `${head}\n` : `${head.slice(0, -1)},"resource":${text}}\n`
}

// Between strings of JSON these characters can only be the key: inside one, its quotes would be escaped.
const RESOURCE = ',"resource":'

/** undefined: the line is broken. */
export function parseLine(text: string, line: number): Line | undefined {
  const at = text.indexOf(RESOURCE)
  const body = at === -1 ? undefined : text.slice(at + RESOURCE.length, -1)
  if (at !== -1 && !text.endsWith('}')) return undefined
  const parsed = parseFhirJson(at === -1 ? text : `${text.slice(0, at)}}`)
  if (!parsed.ok || !isObject(parsed.value)) return undefined
  const head = parsed.value
  if (head['bairn'] === 'export') return typeof head['format'] === 'number' ? { kind: 'header', format: head['format'] } : undefined
  if (head['bairn'] === 'end') return typeof head['versions'] === 'number' ? { kind: 'end', versions: head['versions'] } : undefined
  const { at: instant, practitioner, device } = head
  if (!isInstant(instant) || typeof practitioner !== 'string' || typeof device !== 'string') return undefined
  if (typeof head['setting'] === 'string') return { kind: 'setting', key: head['setting'], value: head['value'], at: instant, practitioner, device }
  if (typeof head['conflict'] === 'string') return conflictOf(head, { at: instant, practitioner, device })
  return versionOf(head, body, line, { at: instant, practitioner, device })
}

type Who = Pick<VersionLine, 'at' | 'practitioner' | 'device'>

function conflictOf(head: Resource, who: Who): ConflictLine | undefined {
  const [type, id] = String(head['conflict']).split('/')
  const { base, text } = head
  return type === undefined || id === undefined || typeof base !== 'number' || typeof text !== 'string' ? undefined : { kind: 'conflict', type, id, base, text, ...who }
}

function versionOf({ child, type, id, version, deleted }: Resource, text: string | undefined, line: number, who: Who): VersionLine | undefined {
  if (typeof type !== 'string' || typeof id !== 'string' || typeof version !== 'number' || !Number.isInteger(version) || version < 1) return undefined
  if ((child !== undefined && typeof child !== 'string') || (deleted === true) === (text !== undefined)) return undefined
  const base = { kind: 'version', line, ...(child === undefined ? {} : { child }), type, id, version, ...who } as const
  if (text === undefined) return base
  const parsed = parseFhirJson(text)
  if (!parsed.ok || !isObject(parsed.value)) return undefined
  const { resourceType, id: own, meta } = parsed.value
  if (resourceType !== type || own !== id || !isObject(meta) || meta['versionId'] !== String(version)) return undefined
  return { ...base, text, resource: parsed.value }
}

const isInstant = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value))

/** Chunks of text or UTF-8 as lines, without their ends. */
export async function* linesOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() as string
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
