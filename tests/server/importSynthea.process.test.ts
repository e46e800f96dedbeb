/** `bairn import` of much: Synthea's 60 children come out as they went in. Ctrl-C in the middle: apps/cli/transfer/stopping.process.test.ts. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { pick } from './harness.ts'
import { home, run, versions } from './importing.ts'

const shared = process.env['BAIRN_SHARED'] ?? path.resolve(import.meta.dirname, '../../../shared')
const synthea = path.join(shared, 'data/fhir/synthea')
test('import: Synthea\'s 60 bundles whole; they come out as they went in', async (t) => {
  if (!existsSync(synthea)) return t.skip(`shared data not here: ${synthea}`)
  const where = home()
  const given = readdirSync(synthea).filter((name) => /^\d.*\.json\.gz$/.test(name)).map((name) => path.join(synthea, name))
  const imported = await run(['import', ...given], where)
  assert.equal(imported.code, 0, imported.stderr)
  const out = new Map((await versions(where)).map((line) => {
    const resource = bodyOf(line)
    return [`${String(resource['resourceType'])}/${String(resource['id'])}`, resource] as const
  }))
  let compared = 0
  for (const file of given) {
    const { entry } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { entry: { fullUrl: string; resource: { resourceType: string; id: string } }[] }
    const names = new Map(entry.map(({ fullUrl, resource }) => [fullUrl, `${resource.resourceType}/${resource.id}`]))
    for (const { resource } of entry) {
      const wanted = JSON.parse(JSON.stringify(resource).replaceAll(/urn:uuid:[0-9a-f-]{36}/g, (url) => names.get(url) ?? url)) as Record<string, unknown>
      const found = out.get(`${resource.resourceType}/${resource.id}`)
      assert.deepEqual(plain(found), plain(wanted))
      compared += 1
    }
  }
  assert.equal(compared, 11_534)
})

/** The resource of one line of an export. */
const bodyOf = (line: unknown): Record<string, unknown> => {
  const found = Object.values(line as Record<string, unknown>).find((value) => typeof pick(value, 'resourceType') === 'string')
  return found as Record<string, unknown>
}
const plain = (resource: Record<string, unknown> | undefined): unknown => {
  const { meta, ...rest } = resource ?? {}
  const { versionId: _, lastUpdated: __, ...kept } = (meta ?? {}) as Record<string, unknown>
  return Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept }
}
