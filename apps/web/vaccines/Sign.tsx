/** The sign of a mark in the vaccine table: each has a shape of its own, so that the table can be read without its colours. */
import type { ComponentChildren } from 'preact'
import { Glyph, type GlyphName } from '../components/Glyph.tsx'
import type { MarkKind } from './timeline.ts'

export function Sign({ of, size = 24 }: { readonly of: MarkKind; readonly size?: 18 | 20 | 24 }) {
  const own = OWN[of]
  if (own === undefined) return <Glyph of={LIKE[of] ?? 'notKnown'} size={size} />
  return <svg class="glyph" width={size} height={size} viewBox="0 0 22 22" data-u={COLOUR[of]} aria-hidden="true">{own}</svg>
}

/** Its colour, by the urgency that has it. */
export const COLOUR: Readonly<Record<MarkKind, GlyphName>> = {
  counts: 'done', notCounted: 'actToday', repeat: 'actToday', extra: 'done', uncertain: 'notKnown', outOfStock: 'notNeeded', declined: 'notNeeded', deferred: 'notNeeded',
  overdue: 'overdue', dueToday: 'dueToday', comingUp: 'comingUp', forbidden: 'urgent',
}
const LIKE: Readonly<Partial<Record<MarkKind, GlyphName>>> = { counts: 'done', uncertain: 'notKnown', outOfStock: 'notNeeded', overdue: 'overdue', dueToday: 'dueToday', comingUp: 'comingUp' }

const stroke = 'fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round'
const ring = <circle cx="11" cy="11" r="8.2" fill="none" stroke="currentColor" stroke-width="2.2" />
const OWN: Readonly<Partial<Record<MarkKind, ComponentChildren>>> = {
  notCounted: <>{ring}<path style={stroke} d="m8 8 6 6M14 8l-6 6" /></>,
  repeat: <><circle cx="11" cy="11" r="9.6" fill="currentColor" /><path style="fill:none;stroke:var(--glyph-cut,var(--sheet));stroke-width:2.2;stroke-linecap:round" d="m7.6 7.6 6.8 6.8M14.4 7.6l-6.8 6.8" /></>,
  extra: <>{ring}<path style={stroke} d="M11 7.2v7.6M7.2 11h7.6" /></>,
  // The family's word is a word, and no mark against them: a speech bubble.
  declined: <path style={stroke} d="M3 4.2h16v10.6h-7.4L7 18.6v-3.8H3z" />,
  deferred: <>{ring}<path style={stroke} d="M9 8v6M13 8v6" /></>,
  forbidden: <><circle cx="11" cy="11" r="9.6" fill="currentColor" /><path style="fill:none;stroke:var(--glyph-cut,var(--sheet));stroke-width:2.6;stroke-linecap:round" d="M6.4 11h9.2" /></>,
}
