/**
 * The vaccine of an Immunization in whatever code it came: one real code of each system, ties, what the schedule lacks, contradictions,
 * names; and how all 5,994 national codes fare against the schedule of the United States (docs/codes.md).
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { decodeImmunizationEdition, type ImmunizationEdition, type ScheduleData } from '@bairn/immunization'
import { loadImmunizationEdition, loadVaccineBridge, type CodeTables, type ConceptTables } from '@bairn/knowledge'
import fc from 'fast-check'
import type { Coding } from '../read.ts'
import { needsBridge, resolveVaccine, type VaccineResolution } from './codes.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as T
const tables = read<CodeTables>('knowledge/codes/codes.json')
const { concepts } = read<ConceptTables>('knowledge/codes/concepts.json')
const schedule = read<ScheduleData>('knowledge/immunization/cdsi-4.64/schedule.json')
const figures = read<Parameters<typeof decodeImmunizationEdition>[0]>('knowledge/immunization/cdsi-4.64/edition.json')
const bridge = await loadVaccineBridge()
const edition = await loadImmunizationEdition('cdsi-4.64') as ImmunizationEdition

const CVX = 'http://hl7.org/fhir/sid/cvx'
const cvx = (code: string): Coding => ({ system: CVX, code })
const nuva = (code: string): Coding => ({ system: 'http://ivci.org/NUVA', code })
const code = (system: string, value: string): Coding => ({ system: system === 'CVX' ? CVX : `urn:bairn:vaccine-code:${system}`, code: value })
const resolve = (codings: readonly Coding[], in_: ImmunizationEdition = edition): VaccineResolution => resolveVaccine({ codings }, in_, bridge)
const named = (text: string): VaccineResolution => resolveVaccine({ codings: [], text }, edition, bridge)

for (const { what, coding, gives } of [
  { what: 'CVX with one digit', coding: cvx('8'), gives: { code: '08', via: 'schedule' } },
  { what: 'CVX by its OID', coding: { system: 'urn:oid:2.16.840.1.113883.12.292', code: '20' }, gives: { code: '20', via: 'schedule' } },
  { what: 'NUVA by the address of the French terminology server: Act-HIB', coding: { system: 'http://smt.esante.gouv.fr/terminologie-nuva', code: 'VAC0001' }, gives: { code: '48', via: 'nuva' } },
  { what: 'ATC J07BD54, MMR with varicella', coding: { system: 'http://www.whocc.no/atc', code: 'J07BD54' }, gives: { code: '94' } },
  { what: 'ICD-11 XM28X5, a vaccine against poliomyelitis', coding: { system: 'http://id.who.int/icd/release/11/mms', code: 'XM0N50' }, gives: { antigens: ['Polio'] } },
  { what: 'Italy, AIC: Act-HIB', coding: { system: 'https://www.hl7.it/fhir/terminology/CodeSystem/aifa-aic', code: '028473' }, gives: { code: '48' } },
  { what: 'France, CIP: Act-HIB', coding: { system: 'https://smt.esante.gouv.fr/terminologie-cip_ucd', code: '3400933472016' }, gives: { code: '48' } },
  { what: 'France, CIS, under the address that carries CIP too: Act-HIB', coding: { system: 'https://smt.esante.gouv.fr/terminologie-bdpm', code: '61104024' }, gives: { code: '48' } },
  { what: 'Belgium, CNK: Act-HIB', coding: { system: 'https://www.ehealth.fgov.be/standards/fhir/medication/NamingSystem/cnk-codes', code: '0320879' }, gives: { code: '48' } },
  { what: 'Belgium, CTI-extended: Act-HIB', coding: { system: 'https://www.ehealth.fgov.be/standards/fhir/medication/NamingSystem/cti-extended-code', code: '158724-01' }, gives: { code: '48' } },
  { what: 'Canada, DIN: Act-HIB', coding: { system: 'http://hl7.org/fhir/NamingSystem/ca-hc-din', code: '01959034' }, gives: { code: '48' } },
  { what: 'Austria, ELGA: Gardasil', coding: { system: 'https://termgit.elga.gv.at/CodeSystem/asp-liste', code: '3514171' }, gives: { code: '62' } },
  { what: 'European Union, written with slashes: Dukoral', coding: { system: 'https://ec.europa.eu/health/documents/community-register/html/', code: 'EU/1/03/263/001' }, gives: { code: '172' } },
  { what: 'Germany, PZN: Act-HIB', coding: { system: 'http://fhir.de/CodeSystem/ifa/pzn', code: '01146616' }, gives: { code: '48' } },
  { what: 'Switzerland, Swissmedic: Gardasil', coding: { system: 'http://fhir.ch/ig/ch-vacd/CodeSystem/ch-vacd-swissmedic-cs', code: '57735' }, gives: { code: '62' } },
  { what: 'Switzerland, old codes: Act-HIB', coding: { system: 'http://fhir.ch/ig/ch-vacd/CodeSystem/ch-vacd-myvaccines-cs', code: '78' }, gives: { code: '48' } },
  { what: 'GTIN with 14 digits: Act-HIB', coding: { system: 'https://www.gs1.org/gtin', code: '05909990346813' }, gives: { code: '48' } },
  { what: 'UPC under the address of GTIN: Act-HIB', coding: { system: 'https://www.gs1.org/gtin', code: '349281545030' }, gives: { code: '48' } },
  { what: 'Spain, under our own address: Dukoral', coding: code('CODE_NATIONAL_SPAIN', '700697'), gives: { code: '172' } },
  { what: 'Luxembourg: Act-HIB', coding: code('CP-NRONATIDENT', '0182984'), gives: { code: '48' } },
  { what: 'Belgium, CTI: Act-HIB', coding: code('CTI', '158724'), gives: { code: '48' } },
  { what: 'Portugal, INFARMED: Act-HIB', coding: code('INFARMED', '3000189'), gives: { code: '48' } },
  { what: 'Finland, THL: Act-HIB', coding: code('THL', '73'), gives: { code: '48' } },
  { what: 'WHO reporting code: hexavalent', coding: code('WHO-JRF', 'DTAPHIBHEPBIPV'), gives: { code: '146' } },
]) test(`understood: ${what}`, () => {
  assert.partialDeepStrictEqual(resolve([coding]), { known: true, assumed: [], ...gives })
})

for (const { what, product, gives } of [
  { what: 'Engerix B 20 micrograms is hepatitis B unspecified, never the adjuvanted one with two doses', product: 'VAC0046', gives: { code: '45', assumed: [] } },
  { what: 'a trivalent influenza vaccine is not the adjuvanted one', product: 'VAC0002', gives: { code: '88', assumed: [] } },
  { what: 'Quinvaxem: two codes that the schedule treats alike are one', product: 'VAC0470', gives: { code: '102', assumed: [] } },
  { what: 'a rabies vaccine is rabies unspecified', product: 'VAC0843', gives: { code: '90', assumed: [] } },
  { what: 'an experimental COVID-19 vaccine is COVID-19 unspecified, not the product of another maker', product: 'VAC0661', gives: { code: '213', assumed: [] } },
]) test(`NUVA cannot tell several CVX apart: ${what}`, () => {
  assert.partialDeepStrictEqual(resolve([nuva(product)]), { known: true, via: 'nuva', ...gives })
})

test('a combination that has no CVX is judged as the one with the same antigens, and that is said', () => {
  // TETRACOQ: diphtheria, tetanus, whole-cell pertussis, inactivated polio
  assert.deepEqual(resolve([nuva('VAC0063')]), { known: true, code: '130', antigens: ['Diphtheria', 'Pertussis', 'Polio', 'Tetanus'], via: 'antigens', assumed: ['formulation'], from: 'http://ivci.org/NUVA|VAC0063' })
})
test('what the schedule has nothing like is known by its antigens', () => {
  assert.deepEqual(resolve([nuva('VAC0528')]), { known: false, reason: 'beyondSchedule', antigens: ['HepB', 'Malaria'], from: 'http://ivci.org/NUVA|VAC0528' })
  assert.partialDeepStrictEqual(resolve([nuva('VAC0293')]), { known: false, reason: 'beyondSchedule', antigens: ['Meningococcal A'] })
  assert.partialDeepStrictEqual(resolve([code('WHO-JRF', 'CCHF')]), { known: false, reason: 'beyondSchedule', antigens: ['Crimean-Congo haemorrhagic fever'] })
})
test('BCG, which this schedule only lets others wait for, keeps its code', () => {
  assert.partialDeepStrictEqual(resolve([code('WHO-JRF', 'BCG')]), { known: true, code: '19', antigens: ['Tuberculosis'] })
})
test('an immunoglobulin or antitoxin never counts as a vaccine; nirsevimab by its own code does', () => {
  assert.partialDeepStrictEqual([resolve([nuva('VAC1087')]), resolve([nuva('VAC0867')]), resolve([nuva('VAC1222')])], [{ known: false, reason: 'passive' }, { known: false, reason: 'passive' }, { known: false, reason: 'passive', antigens: ['RSV'] }])
  assert.partialDeepStrictEqual(resolve([cvx('306')]), { known: true, code: '306', antigens: ['RSV'] })
})
test('vitamin A is no vaccine', () => {
  assert.partialDeepStrictEqual(resolve([code('WHO-JRF', 'VITAMINA')]), { known: false, reason: 'notAVaccine' })
})
test('an edition may hold a vaccine by its NUVA code; a product is brought to it', () => {
  const own = decodeImmunizationEdition(figures, { ...schedule, vaccines: { ...schedule.vaccines, VAC0585: { name: 'Tdap-IPV', antigens: ['Diphtheria', 'Tetanus', 'Pertussis', 'Polio'].map((antigen) => ({ antigen })) } } })
  // REPEVAX: low-dose diphtheria, tetanus, low-dose acellular pertussis, inactivated polio
  assert.partialDeepStrictEqual(resolve([nuva('VAC0029')], own), { known: true, code: 'VAC0585', via: 'valences', assumed: [] })
  assert.partialDeepStrictEqual(resolve([nuva('VAC0585')], own), { known: true, code: 'VAC0585' })
})

test('where a schedule says nothing of the codes that NUVA cannot tell apart, the wider one is taken', () => {
  assert.partialDeepStrictEqual(resolve([nuva('VAC0046')], { ...edition, antigens: [] }), { known: true, code: '45', assumed: [] })
})
test('a schedule may hold a code against fewer antigens than it has: the product is still that code', () => {
  const own = decodeImmunizationEdition(figures, { ...schedule, vaccines: { ...schedule.vaccines, 104: { name: 'Hep A-Hep B', antigens: [{ antigen: 'HepB' }] } } })
  // TWINRIX 20 µg
  assert.partialDeepStrictEqual(resolve([nuva('VAC0057')], own), { known: true, code: '104', antigens: ['HepB'], via: 'nuva' })
})
test('a schedule may have a name for each kind of polio vaccine: the inactivated one is never taken for its oral one', () => {
  const kinds: Readonly<Record<string, string>> = { 10: 'Polio (inactivated)', 324: 'Polio (inactivated)', 130: 'Polio (inactivated)', 89: 'Polio (oral)', 182: 'Polio (oral)' }
  const held = (without: readonly string[]): ImmunizationEdition => ({ ...edition, vaccines: new Map([...edition.vaccines].filter(([key]) => !without.includes(key)).map(([key, vaccine]) =>
    [key, { ...vaccine, antigens: vaccine.antigens.map((one) => one.antigen === 'Polio' ? { antigen: kinds[key] ?? 'Polio' } : one) }])) })
  // IMOVAX POLIO; NUVA's wider code is 89, which this schedule takes for an oral one
  assert.partialDeepStrictEqual(resolve([nuva('VAC0013')], held([])), { known: true, code: '10', antigens: ['Polio (inactivated)'] })
  assert.partialDeepStrictEqual(resolve([nuva('VAC0013')], held(['10', '324'])), { known: false, reason: 'beyondSchedule' })
  // TETRACOQ
  assert.partialDeepStrictEqual(resolve([nuva('VAC0063')], held([])), { known: true, code: '130', assumed: ['formulation'] })
})

for (const { what, codings, reason } of [
  { what: 'two codes that mean different antigens', codings: [cvx('20'), { system: 'http://www.whocc.no/atc', code: 'J07CA02' }], reason: 'contradiction' },
  { what: 'an immunoglobulin and a vaccine against the same disease', codings: [nuva('VAC1087'), cvx('112')], reason: 'contradiction' },
  { what: 'meningococcus A and meningococcus A with C', codings: [nuva('VAC0866'), nuva('VAC0151')], reason: 'contradiction' },
  { what: 'a code that nobody knows', codings: [cvx('777')], reason: 'unknownCode' },
  { what: 'a code system that nobody knows', codings: [{ system: 'http://example.org/vaccines', code: '1' }], reason: 'unknownSystem' },
  { what: 'nothing', codings: [], reason: 'noCode' },
]) test(`not understood, with its reason: ${what}`, () => {
  assert.partialDeepStrictEqual(resolve(codings), { known: false, reason })
})
test('codes that agree are one vaccine: an unknown one beside them, a coarser one beside a finer one', () => {
  assert.partialDeepStrictEqual(resolve([{ system: 'http://example.org', code: '1' }, cvx('20')]), { known: true, code: '20' })
  assert.partialDeepStrictEqual(resolve([nuva('VAC0486'), cvx('108')]), { known: true, code: '108' }) // Nimenrix; meningococcal, unspecified: both ACWY
})

for (const { text, gives } of [
  { text: 'Penta', gives: '102' }, { text: 'Penta 1', gives: '102' }, { text: 'OPV', gives: '182' }, { text: 'bcg vaccine', gives: '19' }, { text: 'Measles', gives: '05' },
  { text: 'ROTASIIL®', gives: '122' }, { text: 'Prevenar 13', gives: '133' }, { text: 'Infanrix Hexa', gives: '146' }, { text: 'MMR', gives: '03' }, { text: 'Fievre jaune', gives: undefined },
  { text: 'measels', gives: undefined }, { text: 'Rotarix and OPV', gives: undefined },
]) test(`the name "${text}" is ${gives === undefined ? 'not guessed at' : `understood, and said as an assumption`}`, () => {
  assert.partialDeepStrictEqual(named(text), gives === undefined ? { known: false, reason: 'unknownName' } : { known: true, code: gives, assumed: ['name'] })
})

test('the bridge is asked for only where the schedule does not know the code', () => {
  assert.deepEqual([{ codings: [cvx('8')] }, { codings: [cvx('8')], text: 'Hep B' }, { codings: [] }, { codings: [cvx('67')] }, { codings: [], text: 'OPV' }].map((coded) => needsBridge(coded, edition)), [false, false, false, true, true])
  assert.partialDeepStrictEqual(resolveVaccine({ codings: [cvx('8')] }, edition), { known: true, code: '08' })
})

const anyCoding = fc.constantFrom(...Object.entries(tables.codes).flatMap(([system, codes]) => Object.keys(codes).filter((_, index) => index % 7 === 0).map((value) => code(system, value))))
test('the order of codings changes nothing', () => {
  fc.assert(fc.property(fc.array(anyCoding, { minLength: 2, maxLength: 4 }), (codings) => { assert.deepEqual(resolve(codings.toReversed()), resolve(codings)) }), { numRuns: 500 })
})
test('a combination protects against what its components do together', () => {
  const single = new Map(Object.keys(concepts).map((id) => bridge.concept(id)).filter((concept) => concept?.valences.length === 1 && !concept.passive).map((concept) => [concept?.valences[0], concept]))
  let split = 0
  for (const concept of Object.keys(concepts).map((id) => bridge.concept(id))) {
    const parts = concept?.valences.map((valence) => single.get(valence)) ?? []
    if (concept === undefined || concept.passive || concept.antigens.length < 2 || parts.some((part) => part === undefined)) continue
    split += 1
    assert.deepEqual([...new Set(parts.flatMap((part) => part?.antigens ?? []))].toSorted(), concept.antigens, concept.nuva)
    const [whole, ...components] = [concept, ...parts].map((one) => resolve([nuva(one?.nuva ?? '')]))
    if (whole?.known === true && components.every((one) => one.known)) assert.deepEqual([...new Set(components.flatMap(({ antigens }) => antigens))].toSorted(), whole.antigens, concept.nuva)
  }
  assert.ok(split > 200, `${split} combinations could be split`)
})
test('no product is taken for a vaccine that protects against more, or less, than it does; none for an antibody', () => {
  for (const id of Object.keys(concepts)) {
    const concept = bridge.concept(id)
    const found = resolve([nuva(id)])
    if (concept === undefined || !found.known) continue
    const coarse = new Set(concept.antigens.map(bridge.coarse))
    // CVX 121 is held against varicella before 50 years of age and against zoster after.
    assert.ok([...coarse].every((antigen) => found.antigens.includes(antigen)) && (found.antigens.every((antigen) => coarse.has(antigen)) || found.code === '121'), `${id} -> ${found.code}`)
    assert.equal(bridge.concept(bridge.find('CVX', found.code) ?? found.code)?.passive ?? false, concept.passive, `${id} -> ${found.code}`)
  }
})

test('docs/codes.md shows what becomes of every code of the world under the schedule of the United States', () => {
  const file = path.join(ROOT, 'docs/codes.md')
  const outcomes = ['schedule', 'nuva', 'valences', 'antigens', 'beyondSchedule', 'passive', 'notAVaccine'] as const
  const counts = Object.entries(tables.codes).map(([system, codes]) => {
    const found = Object.keys(codes).map((value) => resolve([code(system, value)])).map((one) => one.known ? one.via : one.reason)
    assert.deepEqual(found.filter((one) => !(outcomes as readonly string[]).includes(one)), [], `${system}: every code comes to something that is named`)
    return { system, all: found.length, by: outcomes.map((outcome) => found.filter((one) => one === outcome).length) }
  })
  const national = counts.filter(({ system }) => system !== 'WHO-JRF')
  assert.equal(national.reduce((sum, { all }) => sum + all, 0), 5994)
  const row = (name: string, all: number, by: readonly number[]): string => `| ${name} | ${all} | ${by.join(' | ')} |`
  const sum = (rows: typeof counts): string => row('**all**', rows.reduce((total, { all }) => total + all, 0), outcomes.map((_, index) => rows.reduce((total, { by }) => total + (by[index] ?? 0), 0)))
  const text = `# Vaccine codes: what becomes of them

Written by \`record/fhir/immunization/codes.test.ts\` (\`npm run golden\` renews it). Each code of \`knowledge/codes\` (NUVA 1.3.23, CC BY 4.0, IVCI; WHO's reporting codes) under the schedule \`${edition.id}\`. How: \`record/fhir/immunization/codes.ts\`.

- schedule: a code of the schedule itself. NUVA: the code that NUVA aligns it with. valences: a vaccine of the schedule that says nothing which the product is not.
- antigens: a vaccine with exactly the same antigens in another make; said as an assumption with every dose.
- beyond: what it protects against is known, the schedule has no vaccine like it. passive: an immunoglobulin, antitoxin or antibody.

| code system | codes | schedule | NUVA | valences | antigens | beyond | passive | no vaccine |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
${[...counts.map(({ system, all, by }) => row(system, all, by)), sum(counts)].join('\n')}
`
  if (process.env['BAIRN_GOLDEN'] === 'write') writeFileSync(file, text)
  assert.equal(readFileSync(file, 'utf8'), text)
})
