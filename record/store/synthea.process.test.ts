/**
 * Sixty histories of Synthea (11,534 resources) taken in as transactions come out the same, once ids, references and meta that
 * the server made are mapped back. Needs ../shared/data/fhir/synthea; says so when it is not there.
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { Resource } from './contract.ts'
import { NURSE, withStore } from './testing/database.ts'
import { parse } from './testing/fhir.ts'

const FOLDER = path.join(process.env['BAIRN_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', 'shared'), 'data', 'fhir', 'synthea')

interface Entry { readonly fullUrl: string; readonly resource: Resource }

test('synthea: 60 bundles go in whole and come out identical', async (t) => {
  if (!existsSync(FOLDER)) {
    t.skip(`shared data not here: ${FOLDER}`)
    return
  }
  await withStore(async (store) => {
    let resources = 0
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json.gz')).toSorted()) {
      const bundle = parse(gunzipSync(readFileSync(path.join(FOLDER, file))).toString('utf8'))
      const result = await store.transaction(NURSE, bundle)
      assert.ok(result.ok, `${file}: ${JSON.stringify(result)}`)
      const entries = bundle['entry'] as readonly Entry[]
      const made = result.entries.map((entry) => ('version' in entry ? entry.version : undefined))
      // From what the server made back to what was sent.
      const back = new Map(made.map((version, i) => [`${version?.type}/${version?.id}`, entries[i]?.fullUrl ?? '']))
      for (const [i, version] of made.entries()) {
        const read = await store.read(NURSE, version?.type ?? '', version?.id ?? '')
        assert.ok(read.ok)
        const text = read.version.text.replaceAll(/[A-Z][A-Za-z]+\/[0-9a-f]{8}-[0-9a-f-]{27}/g, (address) => back.get(address) ?? address)
        assert.deepEqual(withoutMade(parse(text)), withoutMade(entries[i]?.resource ?? {}), `${file} entry ${i}`)
        resources += 1
      }
      const child = made.find((version) => version?.type === 'Patient')
      const everything = await store.everything(NURSE, child?.id ?? '')
      assert.ok(everything.ok && everything.page.total > 0 && everything.page.total <= entries.length)
    }
    t.diagnostic(`${resources} resources`)
  })
})

/** Digits as they were written, so that 1.10 and 1.1 differ. */
function withoutMade({ id: _id, meta, ...rest }: Resource): unknown {
  const { versionId: _version, lastUpdated: _updated, ...kept } = (meta ?? {}) as Resource
  return JSON.parse(JSON.stringify({ ...rest, ...(Object.keys(kept).length === 0 ? {} : { meta: kept }) }), (_key, value: unknown, context?: { readonly source?: string }) => (typeof value === 'number' ? `number ${context?.source}` : value))
}
