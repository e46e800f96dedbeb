/** What the tests of import and export share: a home of their own with a folder of files, children to write, and what an export says. */
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before } from 'node:test'
import { bairn, newHome, removeHome, type Ended } from './harness.ts'

const homes: string[] = []
export const home = (): string => {
  const made = newHome()
  homes.push(made)
  return made
}
export let main = ''
export let files = ''
before(() => {
  main = home()
  files = path.join(main, 'files')
  mkdirSync(files)
})
after(() => { for (const each of homes) removeHome(each) })

export const write = (name: string, content: unknown): string => {
  const file = path.join(files, name)
  writeFileSync(file, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
  return file
}
export const run = (args: readonly string[], where = main): Promise<Ended> => bairn(args, { home: where }).ended
export const patient = (id: string, more: object = {}): object => ({ resourceType: 'Patient', id, name: [{ text: `Child ${id}` }], birthDate: '2025-05-02', ...more })
export const weight = (id: string, child: string): object => ({
  resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: `Patient/${child}` },
  effectiveDateTime: '2026-05-02', valueQuantity: { value: 7.4, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
})
/** Every version in an export, without its first and last line. */
export const versions = async (where = main): Promise<readonly unknown[]> => {
  const { code, stdout, stderr } = await run(['export'], where)
  assert.equal(code, 0, stderr)
  return stdout.trim().split('\n').slice(1, -1).map((line) => JSON.parse(line) as unknown)
}
