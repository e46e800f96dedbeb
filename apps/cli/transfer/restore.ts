/** `bairn restore FILE`: an export into an empty place. Into a place with records it is an import, and asked for by that name. */
import { problem, Refused, refusalOf } from '@bairn/server'
import { startProgress, type Terminal } from '../terminal.ts'
import { inFile, openInput } from './input.ts'
import { untilStopped } from './interrupt.ts'
import { openRecords } from './records.ts'

/** Resolves to the exit code. */
export function runRestore({ terminal, file }: { readonly terminal: Terminal; readonly file: string }): Promise<number> {
  return untilStopped(terminal, { key: 'cli.restore.stopped', params: { file: { text: file } } }, async (signal) => {
    const input = await openInput(file, signal)
    if (input.kind !== 'export') throw new Refused(inFile(file, refusalOf({ kind: 'importFile', what: 'header', line: 1 }).issues))
    const records = await openRecords({ writing: true })
    const progress = startProgress(terminal)
    try {
      const { changes } = await records.store.changes(records.who, { limit: 1 })
      if (changes.length > 0) throw new Refused([problem('problem.restore.notEmpty')])
      const result = await records.store.importAll(records.who, input.chunks, {
        signal, onProgress: ({ versions }) => { progress.show({ key: 'cli.restore.progress', params: { count: { number: versions } } }) },
      })
      progress.end()
      if (!result.ok) {
        if (result.problem.kind !== 'stopped') terminal.complain(inFile(file, refusalOf(result.problem).issues))
        return 1
      }
      await records.settle()
      terminal.tell({ key: 'cli.restore.done', params: { count: { number: result.versions } } })
      return 0
    } finally {
      progress.end()
      await records.close()
    }
  })
}
