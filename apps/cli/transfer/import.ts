/**
 * `bairn import FILE…`: FHIR files and exports of Bairn into the record. One Bundle, or one child, is all or nothing; Ctrl-C ends
 * between two of them and says which files are not wholly in. A file that cannot be used is named, and the others are still taken.
 */
import { acceptable, acceptableBundle, problem, Refused, refusalOf } from '@bairn/server'
import type { Issue } from '@bairn/reasoning'
import { startProgress, type Progress, type Terminal } from '../terminal.ts'
import { SHARED, transactionsOf, type Transaction } from './bundles.ts'
import { inFile, openInput, type Input } from './input.ts'
import { untilStopped } from './interrupt.ts'
import { openRecords, refused, type OpenRecords } from './records.ts'

export interface ImportCommand { readonly terminal: Terminal; readonly files: readonly string[] }
interface Count { new: number; already: number; left: number }

/** Resolves to the exit code. */
export function runImport({ terminal, files }: ImportCommand): Promise<number> {
  return untilStopped(terminal, problem('problem.interrupted').text, async (signal) => {
    const records = await openRecords({ writing: true })
    const progress = startProgress(terminal)
    const count: Count = { new: 0, already: 0, left: 0 }
    try {
      let code = 0
      let reached = 0
      for (; reached < files.length && !signal.aborted; reached += 1) {
        const file = files[reached] as string
        const issues = await importFile({ file, records, count, signal, show: () => { tellProgress(progress, count, { done: reached, of: files.length }) } })
        if (issues === 'stopped') break
        if (issues.length === 0) continue
        progress.end()
        terminal.complain(issues)
        code = 1
      }
      progress.end()
      if (!signal.aborted) {
        terminal.tell({ key: 'cli.import.listing' })
        await records.settle()
      }
      terminal.tell({ key: 'cli.import.done', params: { new: { number: count.new }, already: { number: count.already }, left: { number: count.left } } })
      if (signal.aborted && reached < files.length) terminal.tell({ key: 'cli.import.notIn', params: { file: { text: files[reached] as string }, more: { number: files.length - reached - 1 } } })
      return code
    } finally {
      progress.end()
      await records.close()
    }
  })
}

function tellProgress(progress: Progress, count: Count, files: { readonly done: number; readonly of: number }): void {
  progress.show({ key: 'cli.import.progress', params: { new: { number: count.new + count.already }, done: { number: files.done }, of: { number: files.of } } })
}

interface FileImport { readonly file: string; readonly records: OpenRecords; readonly count: Count; readonly signal: AbortSignal; readonly show: () => void }

/** @returns what could not be used; empty if all of it was */
async function importFile({ file, records, count, signal, show }: FileImport): Promise<readonly Issue[] | 'stopped'> {
  try {
    const input = await openInput(file, signal)
    if (input.kind === 'export') return await importExport(input, { file, records, count, signal, show })
    // Alone, a resource is told its own places; in the transaction they would be the transaction's.
    for (const { resource } of input.resources) if (resource['resourceType'] !== 'Bundle') accept(file, () => acceptable(resource, String(resource['resourceType']), records.today()))
    for (const each of transactionsOf(file, input.resources.map(({ resource }) => resource))) {
      if (signal.aborted) return 'stopped'
      await write(each, { file, records, count })
      show()
    }
    return []
  } catch (found) {
    if (found instanceof Refused) return found.issues
    // The file was being read.
    if (signal.aborted) return 'stopped'
    throw found
  }
}

async function importExport({ chunks }: Extract<Input, { readonly kind: 'export' }>, { file, records, count, signal, show }: FileImport): Promise<readonly Issue[] | 'stopped'> {
  const before = { ...count }
  // Counted while it goes on: after Ctrl-C there may be no result.
  const add = ({ versions, already }: { readonly versions: number; readonly already: number }): void => {
    count.new = before.new + versions
    count.already = before.already + already
  }
  const result = await records.store.importAll(records.who, chunks, { signal, onProgress: (done) => { add(done); show() } })
  add(result)
  if (result.ok) return []
  return result.problem.kind === 'stopped' ? 'stopped' : inFile(file, refusalOf(result.problem).issues)
}

/** @throws Refused; then nothing of the transaction was written */
async function write(wanted: Transaction, { file, records, count }: Pick<FileImport, 'file' | 'records' | 'count'>): Promise<void> {
  let bundle = wanted
  for (;;) {
    const result = await records.store.transaction(records.who, accept(file, () => acceptableBundle(bundle, records.today())))
    if (result.ok) {
      for (const { outcome } of result.entries) if (outcome === 'unchanged') count.already += 1
      else count.new += 1
      return
    }
    const { problem: found } = result
    const at = found.kind === 'exists' && SHARED.includes(found.type) ? found.entry : undefined
    if (at === undefined) throw new Refused(inFile(file, refused(found).issues))
    count.left += 1
    bundle = { ...bundle, entry: bundle.entry.filter((_, index) => index !== at) }
  }
}

function accept<T>(file: string, check: () => T): T {
  try {
    return check()
  } catch (found) {
    if (!(found instanceof Refused)) throw found
    // One sentence a file: the first place to mend. Mended, the file says the next.
    throw new Refused(inFile(file, found.issues.slice(0, 1)))
  }
}
