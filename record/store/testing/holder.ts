/**
 * A program that starts the database of a home, writes with a store, says each acknowledged write on standard output, and goes on
 * until it is killed. For tests of what a killed program leaves. Arguments: home, mode.
 *   hold: starts and waits      write: writes one child after another      fill: writes large resources until the disk is full
 */
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { openStore } from '../open.ts'
import { startDatabase } from '../postgres/database.ts'
import { NURSE, TODAY } from './who.ts'

const [home = '', mode = 'hold'] = process.argv.slice(2)
const say = (value: unknown): void => { process.stdout.write(`${JSON.stringify(value)}\n`) }

const started = await startDatabase({ home })
if (!started.ok) {
  say(started)
  process.exit(1)
}
const { database } = started
const connected = await database.connection('bairn')
if (!connected.ok) {
  say(connected)
  process.exit(1)
}
say({ ok: true, folder: database.folder, moved: database.moved, attached: database.attached, pid: database.pid, uid: process.getuid?.() })
if (mode === 'hold') await wait(600_000)
const opened = await openStore({ database: connected.connection, project: () => undefined, stamp: () => '', today: () => TODAY })
if (!opened.ok) {
  say(opened)
  process.exit(1)
}
const { store } = opened
for (let i = 0; ; i += 1) {
  const note = mode === 'fill' ? randomBytes(60_000).toString('base64') : 'x'
  const made = await store.put(NURSE, `p${i}`, { resourceType: 'Patient', id: `p${i}`, name: [{ text: note }] })
  say(made.ok ? { written: made.version?.id } : made)
  if (!made.ok) break
}
await store.close()
await database.stop()
