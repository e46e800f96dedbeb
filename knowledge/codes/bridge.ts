/**
 * The vaccine codes of the world as one look-up: any code -> NUVA concept -> antigens, valences, CVX. The tables beside this file are
 * compiled by scripts/editions/codes.ts. Pure: the tables come in as arguments.
 */

/** A NUVA concept ('VAC0001') or, where NUVA has none as exact, a CVX ('182'). */
export type CodeTarget = string

/** `concepts.json` */
export interface ConceptTables {
  /** antigens that the name of another one covers: Meningococcal C lies within Meningococcal */
  readonly within: Readonly<Record<string, string>>
  /** valences and concepts that are immunoglobulins, antitoxins, antibodies */
  readonly passive: readonly string[]
  readonly live: readonly string[]
  readonly valences: Readonly<Record<string, readonly [antigen: string, parent?: string]>>
  /** `best`: the CVX that NUVA calls best, several when it cannot tell them apart; `blur`: how many concepts share them; `wider`: CVX that say less */
  readonly concepts: Readonly<Record<string, readonly [label: string, valences: string, best?: string, blur?: number, wider?: string]>>
}

/** `codes.json` */
export interface CodeTables {
  readonly systems: readonly (readonly [uri: string, system: string, source: string])[]
  /** WHO's reporting codes that NUVA has no concept for: what they protect against */
  readonly beyond: Readonly<Record<string, readonly string[]>>
  readonly codes: Readonly<Record<string, Readonly<Record<string, CodeTarget>>>>
}

/** `names.json` */
export interface NameTables {
  readonly prequalified: Readonly<Record<string, readonly CodeTarget[]>>
  readonly reported: Readonly<Record<string, CodeTarget>>
  readonly cards: Readonly<Record<string, CodeTarget>>
}

export interface VaccineConcept {
  readonly nuva: string
  readonly label: string
  /** sorted */
  readonly antigens: readonly string[]
  readonly valences: readonly string[]
  /** CVX that NUVA calls best; several when it cannot tell them apart */
  readonly best: readonly string[]
  /** CVX that say less than the best */
  readonly wider: readonly string[]
  /** how many concepts share the best */
  readonly blur?: number
  /** holds an immunoglobulin, an antitoxin or an antibody */
  readonly passive: boolean
}

export interface VaccineBridge {
  /** the code systems that an address stands for; none when nobody here knows it */
  systemsOf(uri: string): readonly string[]
  /** what a code of a system means; its CVX where NUVA has nothing as exact */
  find(system: string, code: string): CodeTarget | undefined
  /** WHO's codes beyond NUVA: the antigens, none for what is no vaccine */
  beyond(system: string, code: string): readonly string[] | undefined
  concept(nuva: string): VaccineConcept | undefined
  /** every meaning of a name, exact but for case, accents, marks and the word vaccine */
  named(text: string): readonly CodeTarget[]
  /** a valence and all that it is a kind of, nearest first */
  kindsOf(valence: string): readonly string[]
  isLive(valence: string): boolean
  antigenOf(valence: string): string
  /** the name that covers an antigen, or the antigen itself */
  coarse(antigen: string): string
  /** one of the names of antigens here; a schedule may have others of its own ("Polio, inactivated") */
  isAntigen(name: string): boolean
}

/** Codes may be sent under an address of ours where no other is known: `urn:bairn:vaccine-code:THL`. */
const OWN = 'urn:bairn:vaccine-code:'

export function vaccineBridge(concepts: ConceptTables, tables: CodeTables, names: NameTables): VaccineBridge {
  const passive = new Set(concepts.passive)
  const live = new Set(concepts.live)
  const byUri = new Map<string, string[]>()
  for (const [uri, system] of tables.systems) byUri.set(uri, [...byUri.get(uri) ?? [], system])
  const antigens = new Set([...Object.values(concepts.valences).map(([antigen]) => antigen), ...Object.values(concepts.within)])
  const made = new Map<string, VaccineConcept>()
  const products = nameIndex([...Object.entries(concepts.concepts).map(([nuva, [label]]) => [label, nuva] as const), ...Object.entries(names.prequalified).flatMap(([text, means]) => means.map((one) => [text, one] as const))])
  // 'Penta' is also the name of a product of the 1990s: what programmes call a vaccine comes before a product of the same name.
  const programmes = nameIndex([...Object.entries(names.reported), ...Object.entries(names.cards)])

  const kindsOf = (valence: string): readonly string[] => {
    const kinds: string[] = []
    for (let at: string | undefined = valence; at !== undefined; at = concepts.valences[at]?.[1]) kinds.push(at)
    return kinds
  }
  return {
    kindsOf,
    isLive: (valence) => live.has(valence),
    antigenOf: (valence) => concepts.valences[valence]?.[0] ?? valence,
    isAntigen: (name) => antigens.has(name),
    coarse: (antigen) => concepts.within[antigen] ?? antigen,
    systemsOf: (uri) => byUri.get(uri.replace(/\/+$/, '')) ?? byUri.get(`${uri.replace(/\/+$/, '')}/`) ?? (uri.startsWith(OWN) && uri.slice(OWN.length) in { ...tables.codes, NUVA: true } ? [uri.slice(OWN.length)] : []),
    find: (system, code) => system === 'NUVA' ? Object.hasOwn(concepts.concepts, code) ? code : undefined : own(tables.codes[system], written(system, code)),
    beyond: (system, code) => system === 'WHO-JRF' ? own(tables.beyond, code) : undefined,
    named: (text) => programmes.get(normalisedName(text)) ?? products.get(normalisedName(text)) ?? [],
    concept(nuva) {
      const existing = made.get(nuva)
      const row = own(concepts.concepts, nuva)
      if (existing !== undefined || row === undefined) return existing
      const [label, joined, best, blur, wider] = row
      const valences = joined.split(' ')
      const concept = {
        nuva, label, valences, passive: passive.has(nuva) || valences.some((valence) => passive.has(valence)),
        antigens: [...new Set(valences.map((valence) => concepts.valences[valence]?.[0] ?? valence))].toSorted(),
        best: best?.split(' ') ?? [], wider: wider?.split(' ') ?? [], ...(blur === undefined ? {} : { blur }),
      }
      made.set(nuva, concept)
      return concept
    },
  }
}

function nameIndex(names: Iterable<readonly [string, CodeTarget]>): ReadonlyMap<string, readonly CodeTarget[]> {
  const found = new Map<string, CodeTarget[]>()
  for (const [text, means] of names) {
    const key = normalisedName(text)
    const existing = found.get(key)
    if (existing === undefined) found.set(key, [means])
    else if (!existing.includes(means)) existing.push(means)
  }
  return found
}

const own = <T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined => table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined

/** One spelling of what is written in several: EU/1/03/263/001 is EU-1-03-263-001, CVX has two digits at least. */
const written = (system: string, code: string): string => {
  const text = code.trim()
  if (system === 'CVX') return text.padStart(2, '0')
  // One GTIN is written with 12, 13 or 14 digits: the rest are zeros before it.
  if (system === 'NTIN' || system === 'UPC') return text.replace(/^0+/, '').padStart(system === 'UPC' ? 12 : 13, '0')
  return system === 'EU-NUMBER' ? text.toUpperCase().replaceAll('/', '-') : text
}

/** 'ROTASIIL®' and 'Rotasiil', 'Measles vaccine' and 'measles'. Words are kept in their order; nothing is guessed. */
const normalisedName = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}|[®™]|\(?[Rr]\)(?=\s|$)/gu, '').toLowerCase()
    .replace(/[^\p{L}\p{N}µμ]+/gu, ' ').trim().replace(/^(?:vaccine|vaccin|vacuna|impfstoff)\s+|\s+(?:vaccine|vaccin|vacuna|impfstoff)$/u, '')
