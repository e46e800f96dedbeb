/** Hashes and date boxes against the plain reading of the specification (`matches`). */
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { matches, type DateKey, type DatePrefix, type IndexKeys, type Search, type TokenKey, type TokenQuery } from '@bairn/fhir/search'
import { criterionHashes, dateBoxes, tokenHashes } from './hashing.ts'

const keys = (more: Partial<IndexKeys>): IndexKeys & { readonly id: string } => ({ id: 'x', tokens: [], strings: [], dates: [], references: [], compartments: [], ...more })
const search = (criterion: Search['criteria'][number]): Search => ({ type: 'Observation', criteria: [criterion], count: 10, used: [] })

test('search.date: a box fits a range exactly when the prefix says so, at every order of the four ends', () => {
  const point = fc.integer({ min: 0, max: 6 })
  const range = fc.tuple(point, fc.integer({ min: 1, max: 4 })).map(([from, length]) => ({ from, to: from + length }))
  const prefix = fc.constantFrom<DatePrefix>('eq', 'ne', 'lt', 'gt', 'ge', 'le', 'sa', 'eb', 'ap')
  fc.assert(fc.property(range, range, prefix, (key, asked, prefix) => {
    const date: DateKey = { param: 'date', from: key.from, to: key.to, wallFrom: key.from, wallTo: key.to }
    const query = { prefix, ...asked, clock: 'wall' } as const
    const fits = dateBoxes(query).some((box) => key.from >= box.startMin && key.from <= box.startMax && key.to >= box.endMin && key.to <= box.endMax)
    assert.equal(fits, matches(keys({ dates: [date] }), search({ kind: 'date', param: 'date', any: [query] })))
  }), { numRuns: 3000, seed: 3 })
})

test('search.token: a hash is shared exactly when the token fits: by code, by system, by both, by no system', () => {
  const text = fc.constantFrom('a', 'b', 'a|b', '')
  const token = fc.record({ param: fc.constantFrom('code', 'status'), system: text, code: text }, { requiredKeys: ['param', 'code'] }) as fc.Arbitrary<TokenKey>
  const query = fc.oneof(fc.record({ code: text }), fc.record({ system: text }), fc.record({ system: text, code: text })) as fc.Arbitrary<TokenQuery>
  fc.assert(fc.property(fc.array(token, { maxLength: 3 }), query, (tokens, asked) => {
    const own = tokenHashes('Observation', keys({ tokens }))
    const wanted = criterionHashes('Observation', { kind: 'token', param: 'code', any: [asked] }, () => [])
    assert.equal(wanted.some((hash) => own.includes(hash)), matches(keys({ tokens }), search({ kind: 'token', param: 'code', any: [asked] })))
  }), { numRuns: 2000, seed: 3 })
})

test('search.reference: found with its type, without it among the types that have the id, never under another parameter', () => {
  const own = tokenHashes('Observation', keys({ references: [{ param: 'subject', type: 'Patient', id: 'p1' }] }))
  const asks = (param: string, query: { readonly type?: string; readonly id: string }, types: readonly string[] = []): boolean => criterionHashes('Observation', { kind: 'reference', param, any: [query] }, () => types).some((hash) => own.includes(hash))
  assert.equal(asks('subject', { type: 'Patient', id: 'p1' }), true)
  assert.equal(asks('subject', { type: 'Group', id: 'p1' }), false)
  assert.equal(asks('subject', { id: 'p1' }, ['Group', 'Patient']), true)
  assert.equal(asks('subject', { id: 'p1' }, []), false)
  assert.equal(asks('performer', { type: 'Patient', id: 'p1' }), false)
})

test('search.hash: no resource has a hash twice, and all fit a signed 64-bit number', () => {
  const hashes = tokenHashes('Patient', keys({ tokens: [{ param: 'a', code: 'x' }, { param: 'a', system: 's', code: 'x' }], compartments: ['x', 'y'] }))
  assert.equal(new Set(hashes).size, hashes.length)
  for (const hash of hashes) assert.equal(BigInt.asIntN(64, BigInt(hash)), BigInt(hash))
})
