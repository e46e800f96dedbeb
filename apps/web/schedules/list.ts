/** The list of schedules: full editions first, then what other countries reported, each sorted by its name in the language. Pure. */
import type { ImmunizationEditionSummary } from '@bairn/knowledge'

export interface Listed extends ImmunizationEditionSummary { readonly name: string }

/** @param nameOf the country's name in the language in force */
export function listed(all: readonly ImmunizationEditionSummary[], nameOf: (country: string) => string, locale: string): { readonly full: readonly Listed[]; readonly reference: readonly Listed[] } {
  const collator = new Intl.Collator(locale)
  const named = all.map((one): Listed => ({ ...one, name: nameOf(one.country) })).toSorted((a, b) => collator.compare(a.name, b.name))
  return { full: named.filter(({ kind }) => kind === 'full'), reference: named.filter(({ kind }) => kind === 'reference') }
}

/** Names that hold what was typed, whatever its case and accents; 'cote' finds 'Côte d’Ivoire', 'KE' finds Kenya. */
export function found(rows: readonly Listed[], typed: string): readonly Listed[] {
  const wanted = plain(typed)
  return wanted === '' ? rows : rows.filter(({ name, title, country }) => plain(name).includes(wanted) || plain(title).includes(wanted) || country.toLowerCase() === wanted)
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
