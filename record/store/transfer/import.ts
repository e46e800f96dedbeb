/**
 * Takes the lines of an export in: whole children a transaction, each version with its own who and when.
 * What is here already and is the same counts as `already`, so a file may be imported again, or gone on with after Ctrl-C;
 * what is here and differs stops the import and changes nothing. A file that was cut says so, and its last child is left out.
 */
import type { PoolClient } from 'pg'
import { indexKeys } from '@bairn/fhir/search'
import { isMeanwhile, Rollback, unavailable } from '../connection.ts'
import type { ImportOptions, ImportProblem, ImportResult } from '../contract.ts'
import { tokenHashes } from '../hashing.ts'
import { insertConflict } from '../queries/beside.ts'
import { changeResources, findPlaces, readForWrite, type CurrentRow } from '../queries/resources.ts'
import { insertImported, insertSetting, readVersionsOf } from '../queries/transfer.ts'
import { searchColumns } from '../searchRows.ts'
import type { Writing } from '../write.ts'
import { FORMAT, linesOf, parseLine, type ConflictLine, type SettingLine, type VersionLine } from './lines.ts'

/** Versions a transaction, rounded up to whole children. */
const BATCH = 400
const ATTEMPTS = 5

export async function importAll(writing: Writing, chunks: AsyncIterable<string | Uint8Array>, { signal, onProgress }: ImportOptions): Promise<ImportResult> {
  const done = { versions: 0, already: 0 }
  const fail = (problem: ImportProblem): ImportResult => ({ ok: false, problem, ...done })
  let batch: VersionLine[] = []
  const flush = async (): Promise<ImportProblem | undefined> => {
    if (batch.length === 0) return undefined
    const result = await importBatch(writing, batch)
    if ('kind' in result) return result
    done.versions += result.versions
    done.already += result.already
    batch = []
    onProgress?.({ ...done })
    return undefined
  }
  let number = 0
  let began = false
  let ended = false
  let broken: number | undefined
  for await (const text of linesOf(chunks)) {
    number += 1
    if (signal?.aborted === true) return fail({ kind: 'stopped' })
    if (text.trim() === '') continue
    const line = parseLine(number === 1 ? text.replace(/^\ufeff/, '') : text, number)
    if (!began && line?.kind !== 'header') return fail({ kind: 'importFile', what: 'header', line: number })
    if (broken !== undefined || ended) return fail({ kind: 'importFile', what: 'line', line: broken ?? number })
    // The last line of a file that was cut is mostly half a line: it is told as cut if the file ends there.
    if (line === undefined) {
      broken = number
      continue
    }
    if (line.kind === 'header') {
      if (line.format > FORMAT) return fail({ kind: 'importFile', what: 'newerFormat', line: number })
      began = true
    } else if (line.kind === 'version') {
      const last = batch.at(-1)
      if (last !== undefined && batch.length >= BATCH && isNewUnit(last, line)) {
        const problem = await flush()
        if (problem !== undefined) return fail(problem)
      }
      batch.push(line)
    } else {
      const problem = await flush()
      if (problem !== undefined) return fail(problem)
      const late = line.kind === 'end' ? undefined : await importBeside(writing, line)
      if (late !== undefined) return fail(late)
      ended = line.kind === 'end'
    }
  }
  if (!began) return fail({ kind: 'importFile', what: 'header', line: 1 })
  return ended ? { ok: true, ...done } : fail({ kind: 'importFile', what: 'truncated', line: number })
}

/** Where a transaction may end: between children, and between resources that belong to none. */
const isNewUnit = (a: VersionLine, b: VersionLine): boolean => (b.child === undefined ? a.type !== b.type || a.id !== b.id : a.child !== b.child)

async function importBeside({ pool, places }: Writing, line: SettingLine | ConflictLine): Promise<ImportProblem | undefined> {
  try {
    if (line.kind === 'setting') {
      await insertSetting(pool, [line.key, JSON.stringify(line.value), line.at, line.practitioner, line.device])
      return undefined
    }
    await places.load(pool, [line])
    const place = places.find(line.type, line.id)
    if (place !== undefined) await insertConflict(pool, [place.child, place.rid, line.base, line.text, line.at, line.practitioner, line.device])
    return undefined
  } catch (problem) {
    const known = unavailable(problem)
    if (known === undefined) throw problem
    return known
  }
}

interface Done { readonly versions: number; readonly already: number }

async function importBatch(writing: Writing, lines: readonly VersionLine[]): Promise<Done | ImportProblem> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { result, children } = await writing.places.inTransaction((client) => importWithin(client, writing, lines))
      if (result.versions > 0) writing.onWritten(children)
      return result
    } catch (problem) {
      if (problem instanceof Rollback) return problem.answer as ImportProblem
      if (isMeanwhile(problem) && attempt < ATTEMPTS) continue
      const known = unavailable(problem)
      if (known === undefined) throw problem
      return known
    }
  }
}

interface Coming { readonly type: string; readonly id: string; readonly child?: string; readonly versions: readonly VersionLine[] }

async function importWithin(client: PoolClient, writing: Writing, lines: readonly VersionLine[]): Promise<{ readonly result: Done; readonly children: readonly string[] }> {
  const coming = groupLines(lines)
  const current = new Map((await readForWrite(client, [coming.map(({ type }) => type), coming.map(({ id }) => id)])).map((row) => [`${row.type}/${row.id}`, row]))
  const bodies = new Map((await readVersionsOf(client, [[...current.values()].map(({ child }) => child), [...current.values()].map(({ rid }) => rid)])).map(({ rid, version, body }) => [`${rid}.${version}`, body]))
  const fresh = coming.filter(({ type, id }) => !current.has(`${type}/${id}`))
  const numbers = await writing.places.numbers(fresh.length)
  const rids = new Map(fresh.map(({ type, id }, i) => [`${type}/${id}`, String(numbers[i])]))
  const childOf = await childrenOf(client, coming, current, rids)

  let already = 0
  for (const { type, id, versions } of coming) {
    const row = current.get(`${type}/${id}`)
    if (row === undefined) continue
    for (const line of versions) {
      if (line.version > row.version) continue
      if (bodies.get(`${row.rid}.${line.version}`) !== (line.text ?? null)) throw new Rollback<ImportProblem>({ kind: 'importDiffers', line: line.line, type, id, version: line.version })
      already += 1
    }
  }
  await insertNew(client, writing, fresh, rids, childOf)
  for (const resource of coming) {
    const row = current.get(`${resource.type}/${resource.id}`)
    if (row !== undefined) for (const line of resource.versions.filter(({ version }) => version > row.version)) await append(client, writing, row, line)
  }
  return { result: { versions: lines.length - already, already }, children: [...new Set(coming.map(childOf))] }
}

function groupLines(lines: readonly VersionLine[]): readonly Coming[] {
  const found = new Map<string, VersionLine[]>()
  for (const line of lines) {
    const key = `${line.type}/${line.id}`
    const list = found.get(key) ?? []
    if (line.version !== list.length + 1) throw new Rollback<ImportProblem>({ kind: 'importFile', what: 'order', line: line.line })
    list.push(line)
    found.set(key, list)
  }
  return [...found.values()].map((versions) => {
    const { type, id, child } = versions[0] as VersionLine
    return { type, id, ...(child === undefined ? {} : { child }), versions }
  })
}

/** The keys of children, old and new. A line about a Patient whose line did not come before is out of order. */
async function childrenOf(client: PoolClient, coming: readonly Coming[], current: ReadonlyMap<string, CurrentRow>, rids: ReadonlyMap<string, string>): Promise<(resource: Coming) => string> {
  const wanted = [...new Set(coming.flatMap(({ child }) => child ?? []))].filter((id) => !current.has(`Patient/${id}`) && !rids.has(`Patient/${id}`))
  const places = new Map((await findPlaces(client, [wanted.map(() => 'Patient'), wanted])).map(({ id, child }) => [id, child]))
  return ({ child, versions }) => {
    if (child === undefined) return '0'
    const key = current.get(`Patient/${child}`)?.child ?? rids.get(`Patient/${child}`) ?? places.get(child)
    if (key === undefined) throw new Rollback<ImportProblem>({ kind: 'importFile', what: 'order', line: (versions[0] as VersionLine).line })
    return key
  }
}

async function insertNew(client: PoolClient, { base }: Writing, fresh: readonly Coming[], rids: ReadonlyMap<string, string>, childOf: (resource: Coming) => string): Promise<void> {
  if (fresh.length === 0) return
  const rows = fresh.map((resource) => {
    const newest = (resource.versions.at(-1) as VersionLine).resource
    const keys = newest === undefined ? undefined : indexKeys(newest, base === undefined ? {} : { base })
    const { type, id, versions } = resource
    return { type, id, versions, child: childOf(resource), rid: rids.get(`${type}/${id}`) as string, hashes: keys === undefined ? [] : tokenHashes(type, keys), ...(keys === undefined ? {} : { keys }) }
  })
  const versions = rows.flatMap(({ child, rid, versions }) => versions.map((line) => ({ child, rid, version: line.version, at: line.at, practitioner: line.practitioner, device: line.device, text: line.text ?? null })))
  await insertImported(client, [
    rows.map(({ child }) => child), rows.map(({ rid }) => rid), rows.map(({ type }) => type), rows.map(({ id }) => id), rows.map(({ hashes }) => `{${hashes.join(',')}}`),
    versions.map(({ child }) => child), versions.map(({ rid }) => rid), versions.map(({ version }) => version), versions.map(({ at }) => at),
    versions.map(({ practitioner }) => practitioner), versions.map(({ device }) => device), versions.map(({ text }) => text),
    ...searchColumns(rows),
  ])
}

/** A version that the file has and we have not yet, after ours. */
async function append(client: PoolClient, { base }: Writing, { child, rid, type }: CurrentRow, line: VersionLine): Promise<void> {
  const keys = line.resource === undefined ? undefined : indexKeys(line.resource, base === undefined ? {} : { base })
  const hashes = keys === undefined ? [] : tokenHashes(type, keys)
  await changeResources(client, [
    [child], [rid], [line.version - 1], [line.at], [line.text ?? null], [`{${hashes.join(',')}}`], line.practitioner, line.device,
    ...searchColumns([{ child, rid, type, ...(keys === undefined ? {} : { keys }) }]), type === 'Patient' ? [child] : [],
  ])
}
