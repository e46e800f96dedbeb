/**
 * Writes the generated tables of record/fhir from HL7's definitions. Run after a change here or of the definitions' version:
 *   node scripts/fhir/generate.ts
 * The results are committed; scripts/fhir/generate.test.ts fails when they are not what this writes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeSearchTables } from './search.ts'
import { makeTables } from './structures.ts'

/** Every generated file: its place and its bytes. */
export function generate(): readonly { readonly file: URL; readonly text: string }[] {
  const tables = makeTables()
  return [
    { file: new URL('../../record/fhir/validate/generated/tables.json', import.meta.url), text: writeTables(tables) },
    { file: new URL('../../record/fhir/search/generated/parameters.json', import.meta.url), text: writeTables(makeSearchTables(tables)) },
  ]
}

/** One line a member of the outer objects and lists, so that a change shows as a few lines. */
function writeTables(tables: object): string {
  const parts = Object.entries(tables).map(([name, part]) => {
    if (typeof part !== 'object') return `${JSON.stringify(name)}:${JSON.stringify(part)}`
    if (Array.isArray(part)) return `${JSON.stringify(name)}:[\n${part.map((item) => JSON.stringify(item)).join(',\n')}\n]`
    return `${JSON.stringify(name)}:{\n${Object.entries(part as object).map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`).join(',\n')}\n}`
  })
  return `{\n${parts.join(',\n')}\n}\n`
}

if (import.meta.main) {
  for (const { file, text } of generate()) {
    mkdirSync(dirname(file.pathname), { recursive: true })
    writeFileSync(file, text)
    console.log(`${file.pathname.split('/').slice(-4).join('/')}: ${text.length} bytes`)
  }
}
