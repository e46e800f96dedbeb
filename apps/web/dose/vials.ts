/**
 * The vials of today, by product: lot and expiry that were typed for the last child, offered for the next with one touch. Kept in this
 * browser for the day; nothing of a child is in it.
 */
import type { Day } from '@bairn/quantities'
import { hasFigures, type TypedDate } from '../components/typed.ts'
import type { RowDraft } from './draft.ts'
import { readExpiry } from './expiry.ts'
import { WORDS } from './rows.ts'

export interface Vial { readonly lot: string; readonly expiry: TypedDate }
interface Kept { readonly on: Day; readonly vials: Readonly<Record<string, Vial>> }

const keyOf = (demo: boolean): string => `bairn.vials.${demo ? 'demo' : 'own'}`

/** The vial of this product that was used last today; none past its expiry. */
export function vialOf(product: string, { on, demo }: { readonly on: Day; readonly demo: boolean }): Vial | undefined {
  const vial = read(demo, on)[product]
  const expiry = vial === undefined ? undefined : readExpiry(vial.expiry)
  return expiry?.kind === 'day' && expiry.day < on ? undefined : vial
}

/** After a save: what was given today with a lot. A product in words may be another one for the next child. */
export function keepVials(rows: readonly RowDraft[], { on, demo }: { readonly on: Day; readonly demo: boolean }): void {
  const used = rows.filter(({ not, lot, product }) => not === undefined && lot.trim() !== '' && product !== '' && product !== WORDS)
  if (used.length === 0) return
  const vials = { ...read(demo, on), ...Object.fromEntries(used.map(({ product, lot, expiry }) => [product, { lot: lot.trim(), expiry }])) }
  try {
    localStorage.setItem(keyOf(demo), JSON.stringify({ on, vials } satisfies Kept))
  } catch {
    // A browser that keeps nothing: it is typed again.
  }
}

function read(demo: boolean, on: Day): Kept['vials'] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(demo)) ?? 'null')
    return isKept(kept) && kept.on === on ? kept.vials : {}
  } catch {
    return {}
  }
}

function isKept(value: unknown): value is Kept {
  const { on, vials } = (value ?? {}) as Partial<Kept>
  return typeof on === 'number' && typeof vials === 'object' && vials !== null && Object.values(vials).every((vial) => typeof vial?.lot === 'string' && hasFigures(vial.expiry))
}
