/** The sign of an urgency or of what became of it, by the name the shared part draws (components/Glyph.tsx). */
import type { Urgency } from '@bairn/plan'

export type Sign = Urgency | 'notKnown' | 'well' | 'done' | 'notNeeded'
