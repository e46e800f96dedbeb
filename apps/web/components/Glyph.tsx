/**
 * The sign of an urgency: a shape first, then its word, then its colour. Always beside its word, or with the word for screen readers.
 * Octagon urgent, triangle act today, diamond overdue, disc due today, dashed ring not known, ring coming up, tick done or well, slashed ring not needed.
 */
import type { ComponentChildren } from 'preact'
import type { Urgency } from '@bairn/plan'

export type GlyphName = Urgency | 'notKnown' | 'well' | 'done' | 'notNeeded'

/** `name`: the word, when it does not stand beside the sign. */
export function Glyph({ of, size = 24, name }: { readonly of: GlyphName; readonly size?: 18 | 20 | 24 | 32; readonly name?: string }) {
  return (
    <svg class="glyph" width={size} height={size} viewBox="0 0 22 22" data-u={of} {...(name === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': name })}>
      {SHAPES[of]}
    </svg>
  )
}

const cut = 'fill:none;stroke:var(--glyph-cut,var(--sheet));stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round'
const stroke = 'fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round'
const tick = <><circle cx="11" cy="11" r="9.6" fill="currentColor" /><path style={cut} d="m6.6 11.4 3 3 5.8-6.4" /></>

const SHAPES: Readonly<Record<GlyphName, ComponentChildren>> = {
  urgent: <><path fill="currentColor" d="M7.2 1.5h7.6l5.7 5.7v7.6l-5.7 5.7H7.2l-5.7-5.7V7.2z" /><path style={cut} d="M11 6.2v5.6M11 15.6v.1" /></>,
  actToday: <><path fill="currentColor" stroke="currentColor" stroke-width="2.4" stroke-linejoin="round" d="M11 2.8 20 18.6H2z" /><path style={cut} d="M11 8.4v4.6M11 16v.1" /></>,
  overdue: <><path fill="currentColor" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" d="M11 1.2 20.8 11 11 20.8 1.2 11z" /><path style={cut} d="M11 6.8v4.6l2.6 1.8" /></>,
  dueToday: <><circle cx="11" cy="11" r="9.6" fill="currentColor" /><circle cx="11" cy="11" r="3.1" style="fill:var(--glyph-cut,var(--sheet))" /></>,
  comingUp: <circle cx="11" cy="11" r="8.2" fill="none" stroke="currentColor" stroke-width="2.2" />,
  notKnown: <><circle cx="11" cy="11" r="8.8" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.4 2.13" /><path style={stroke} d="M8.5 8.9a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.2.9-1.2 1.7M11 15.7v.1" /></>,
  well: tick,
  done: tick,
  notNeeded: <><circle cx="11" cy="11" r="8.2" fill="none" stroke="currentColor" stroke-width="2.2" /><path style={stroke} d="m5.4 16.6 11.2-11.2" /></>,
}
