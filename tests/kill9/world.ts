/** What the writer and its judge agree on: seeded chance, small resources, and a projection that any state shows. */
import { dayOf, type Day } from '@bairn/quantities'
import type { Principal, Project, Resource } from '@bairn/store'

export const WHO: Principal = { practitioner: 'nurse', device: 'laptop' }
export const TODAY: Day = dayOf({ year: 2026, month: 11, day: 24 })
const URGENCIES = ['urgent', 'actToday', 'overdue', 'dueToday', 'notKnown', 'well'] as const

/** Mulberry32: the same numbers for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const childOf = (id: string, n: number): Resource => ({ resourceType: 'Patient', id, name: [{ text: `Child ${id} ${n % 7}` }], ...(n % 9 === 8 ? { deceasedBoolean: true } : {}) })

export const weightOf = (id: string, child: string, kg: number, note = ''): Resource => ({
  resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: `Patient/${child}` },
  effectiveDateTime: '2026-11-01', valueQuantity: { value: kg }, note: [{ text: note }],
})

/** Depends on every resource of the child, so that a missed change shows. */
export const project: Project = ([child, ...facts]) => {
  if (child === undefined || child['deceasedBoolean'] === true) return undefined
  const sum = facts.reduce((total, fact) => total + (fact['valueQuantity'] as { readonly value: number }).value, 0)
  const [name] = child['name'] as readonly { readonly text: string }[]
  return {
    row: { child: String(child['id']), name: name?.text ?? '', birthEstimated: false, urgency: URGENCIES[sum % 6] ?? 'well', more: facts.length, spark: [[TODAY, sum]] },
    needs: [{ need: 'measure', urgency: sum % 2 === 0 ? 'comingUp' : 'dueToday', due: TODAY }],
    words: { name: [name?.text ?? ''], mother: [], phone: [], card: [String(sum)], village: [] },
  }
}
