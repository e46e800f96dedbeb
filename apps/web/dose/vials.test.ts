import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { addDays, dayOf } from '@bairn/quantities'
import { NO_DATE } from '../components/typed.ts'
import { emptyRow } from './draft.ts'
import { WORDS } from './rows.ts'
import { keepVials, vialOf } from './vials.ts'

const kept = new Map<string, string>()
let full = false
Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => { if (full) throw new Error('full'); kept.set(key, text) },
} })
beforeEach(() => { kept.clear(); full = false })

const on = dayOf({ year: 2026, month: 11, day: 23 })
const today = { on, demo: false }
const row = (product: string, lot: string, expiry = NO_DATE) => ({ ...emptyRow('a', product), lot, expiry })

test('the vial of a product is offered again today, to this database only', () => {
  keepVials([row('215', ' 24K117 ', { day: '', month: '3', year: '2027' })], today)
  assert.deepEqual(vialOf('215', today), { lot: '24K117', expiry: { day: '', month: '3', year: '2027' } })
  assert.deepEqual([vialOf('133', today), vialOf('215', { on: addDays(on, 1), demo: false }), vialOf('215', { on, demo: true })], [undefined, undefined, undefined])
})

test('a later vial of the product takes its place, others stay', () => {
  keepVials([row('215', 'A'), row('20', 'B')], today)
  keepVials([row('215', 'C')], today)
  assert.deepEqual([vialOf('215', today)?.lot, vialOf('20', today)?.lot], ['C', 'B'])
})

test('not kept: a dose that was not given, one without a lot or a product, or with a product in words; not offered: an expired vial', () => {
  keepVials([{ ...row('215', 'A'), not: { reason: 'outOfStock', note: '' } }, row('20', ' '), row('', 'B'), row(WORDS, 'C')], today)
  assert.equal(kept.size, 0)
  keepVials([row('215', 'A', { day: '22', month: '11', year: '2026' }), row('20', 'B', { day: '23', month: '11', year: '2026' })], today)
  assert.deepEqual([vialOf('215', today), vialOf('20', today)?.lot], [undefined, 'B'])
})

test('a browser that keeps nothing, or something else, offers nothing and throws nothing', () => {
  full = true
  keepVials([row('215', 'A')], today)
  assert.equal(vialOf('215', today), undefined)
  for (const text of ['{', 'null', '{"on":1}', `{"on":${on},"vials":{"215":{"lot":1}}}`, `{"on":${on},"vials":{"215":{"lot":"A","expiry":{}}}}`]) {
    kept.set('bairn.vials.own', text)
    assert.equal(vialOf('215', today), undefined, text)
  }
})
