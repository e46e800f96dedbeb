/**
 * The vaccine of an Immunization, in whatever code or name it came, as a code of the schedule. Nothing is guessed: a code is understood
 * exactly or not at all, and what was assumed on the way is said. Pure; the codes of the world (the bridge) come in when one is needed.
 *
 * Order: a code of the schedule as it stands; else any other through NUVA to the code that NUVA calls best; where NUVA cannot tell several
 * apart or the schedule has none of them, the schedule's vaccine that says nothing which the product is not, the closest first; for a
 * combination at last one that protects against exactly the same, which is said. Two codes that mean different things are an answer of
 * their own.
 */
import type { AgeSpan, ImmunizationEdition } from '@bairn/immunization'
import type { CodeTarget, VaccineBridge, VaccineConcept } from '@bairn/knowledge'
import { codingsOf, objectOf, textOf, type Coding } from '../read.ts'

const CVX = 'http://hl7.org/fhir/sid/cvx'
/** As HL7 Switzerland writes it in CH VACD. */
const NUVA = 'http://smt.esante.gouv.fr/terminologie-nuva'
/** A schedule calls a vaccine by CVX, or by NUVA where there is no CVX. */
export const systemOfVaccine = (code: string): string => /^\d+$/.test(code) ? CVX : NUVA
/** the same system by its OID */
const CVX_OID = 'urn:oid:2.16.840.1.113883.12.292'
export const isCvx = ({ system }: Coding): boolean => system === CVX || system === CVX_OID

/** A CodeableConcept as it was sent. */
export interface Coded { readonly codings: readonly Coding[]; readonly text?: string }

export function codedOf(concept: unknown): Coded {
  const text = textOf(objectOf(concept)?.['text'])
  return { codings: codingsOf(concept), ...(text === undefined ? {} : { text }) }
}

/** `formulation`: the same antigens in another make; `name`: understood by a name, not by a code. */
type Assumption = 'formulation' | 'name'
type ResolvedVaccine = {
  readonly known: true
  /** of the schedule */
  readonly code: string
  /** as the schedule names them; as the bridge does where the schedule only knows that others wait for it */
  readonly antigens: readonly string[]
  readonly via: 'schedule' | 'nuva' | 'valences' | 'antigens'
  readonly assumed: readonly Assumption[]
  /** what was understood: system|code, or the name */
  readonly from: string
}
/** `passive`: an immunoglobulin or antibody; `beyondSchedule`: understood, and the schedule has nothing like it. */
export type UnresolvedVaccine = {
  readonly known: false
  readonly reason: 'noCode' | 'unknownSystem' | 'unknownCode' | 'unknownName' | 'contradiction' | 'beyondSchedule' | 'passive' | 'notAVaccine'
  readonly antigens: readonly string[]
  /** what could not be used */
  readonly from: string
}
export type VaccineResolution = ResolvedVaccine | UnresolvedVaccine

/** Does a code or name here need the codes of the world? */
export const needsBridge = ({ codings, text }: Coded, edition: ImmunizationEdition): boolean =>
  codings.some((coding) => coding.code !== undefined && cvxIn(coding, edition) === undefined) || (codings.length === 0 && text !== undefined)

export function resolveVaccine({ codings, text }: Coded, edition: ImmunizationEdition, bridge?: VaccineBridge): VaccineResolution {
  const coded = codings.filter(({ code }) => code !== undefined).toSorted((a, b) => compare(written(a), written(b)))
  const meanings = coded.flatMap((coding) => meaningOf(coding, edition, bridge) ?? [])
  if (meanings.length > 0) {
    if (meanings.some((one) => meanings.some((other) => !agree(one, other, bridge)))) {
      return { known: false, reason: 'contradiction', antigens: [], from: meanings.map(({ from }) => from).join(', ') }
    }
    return best(meanings, edition, bridge)
  }
  const named = text === undefined ? undefined : byName(text, edition, bridge)
  if (named !== undefined) return named
  if (coded.length > 0) {
    const understood = coded.some((coding) => isCvx(coding) || (coding.system !== undefined && (bridge?.systemsOf(coding.system).length ?? 0) > 0))
    return { known: false, reason: understood ? 'unknownCode' : 'unknownSystem', antigens: [], from: coded.map(written).join(', ') }
  }
  return text === undefined ? { known: false, reason: 'noCode', antigens: [], from: '-' } : { known: false, reason: 'unknownName', antigens: [], from: text }
}

/** What one code means: a code of the schedule, a concept, or antigens alone. */
interface Meaning {
  readonly from: string
  readonly code?: string
  readonly concept?: VaccineConcept
  /** as fine as they are known; undefined where nobody says */
  readonly antigens?: readonly string[]
  readonly passive: boolean
}

const written = (coding: Coding): string => isCvx(coding) ? `CVX ${coding.code ?? '-'}` : `${coding.system ?? '-'}|${coding.code ?? '-'}`
const compare = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0

/** A CVX that the schedule has, or that it only waits for. */
function cvxIn(coding: Coding, edition: ImmunizationEdition): string | undefined {
  const cvx = coding.code?.trim().padStart(2, '0')
  return isCvx(coding) && cvx !== undefined && inSchedule(cvx, edition) ? cvx : undefined
}
const inSchedule = (code: string, edition: ImmunizationEdition): boolean => edition.vaccines.has(code) || edition.conflicting.has(code)

function meaningOf(coding: Coding, edition: ImmunizationEdition, bridge: VaccineBridge | undefined): Meaning | undefined {
  const from = written(coding)
  const exact = cvxIn(coding, edition)
  if (exact !== undefined) return ofSchedule(exact, from, edition, bridge)
  if (bridge === undefined || coding.system === undefined || coding.code === undefined) return undefined
  for (const system of bridge.systemsOf(coding.system)) {
    const beyond = bridge.beyond(system, coding.code)
    if (beyond !== undefined) return { from, antigens: beyond, passive: false }
    const found = bridge.find(system, coding.code)
    if (found !== undefined) return ofTarget(found, from, edition, bridge)
  }
  return undefined
}

function ofTarget(target: CodeTarget, from: string, edition: ImmunizationEdition, bridge: VaccineBridge): Meaning | undefined {
  if (inSchedule(target, edition)) return ofSchedule(target, from, edition, bridge)
  const concept = bridge.concept(target) ?? conceptOf(target, bridge)
  return concept === undefined ? undefined : { from, concept, antigens: concept.antigens, passive: concept.passive }
}

/** The concept of a key of a schedule: a CVX, or a NUVA code where CVX has none. */
const conceptOf = (key: string, bridge: VaccineBridge): VaccineConcept | undefined => bridge.concept(bridge.find('CVX', key) ?? key)

function ofSchedule(code: string, from: string, edition: ImmunizationEdition, bridge: VaccineBridge | undefined): Meaning {
  const concept = bridge === undefined ? undefined : conceptOf(code, bridge)
  const antigens = concept?.antigens ?? edition.vaccines.get(code)?.antigens.map(({ antigen }) => antigen).toSorted()
  return { from, code, passive: concept?.passive ?? false, ...(concept === undefined ? {} : { concept }), ...(antigens === undefined ? {} : { antigens }) }
}

/** The same antigens, however finely each says so; an antibody is not a vaccine. Where one is not known, nothing contradicts it. */
function agree(one: Meaning, other: Meaning, bridge: VaccineBridge | undefined): boolean {
  if (one.antigens === undefined || other.antigens === undefined) return true
  if (one.passive !== other.passive) return false
  if (same(one.antigens, other.antigens)) return true
  return bridge !== undefined && same(coarsely(one.antigens, bridge), coarsely(other.antigens, bridge)) && (saysLess(one.antigens, other.antigens, bridge) || saysLess(other.antigens, one.antigens, bridge))
}
const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((item, index) => item === b[index])
const coarsely = (antigens: readonly string[], bridge: VaccineBridge): readonly string[] => [...new Set(antigens.map(bridge.coarse))].toSorted()

/** 'Meningococcal' says less than 'Meningococcal A' and 'Meningococcal C'; A alone contradicts A with C. */
function saysLess(antigens: readonly string[], finer: readonly string[], bridge: VaccineBridge): boolean {
  const differing = antigens.filter((antigen) => !finer.includes(antigen))
  return differing.length > 0 && differing.every((antigen) => finer.some((other) => other !== antigen && bridge.coarse(other) === antigen))
}

/** Of codes that agree: one of the schedule before others, then the one that says most. */
function best(meanings: readonly Meaning[], edition: ImmunizationEdition, bridge: VaccineBridge | undefined): VaccineResolution {
  const own = meanings.filter(({ code }) => code !== undefined).toSorted((a, b) => depth(b, bridge) - depth(a, bridge) || compare(a.code ?? '', b.code ?? ''))
  const [first] = own
  if (first?.code !== undefined) return { known: true, code: first.code, antigens: antigensOf(first.code, edition, first), via: 'schedule', assumed: [], from: first.from }
  const answers = meanings.toSorted((a, b) => depth(b, bridge) - depth(a, bridge) || compare(a.from, b.from)).map((meaning) => throughBridge(meaning, edition, bridge as VaccineBridge))
  return answers.find(({ known }) => known) ?? answers[0] as VaccineResolution
}

const depth = ({ concept }: Meaning, bridge: VaccineBridge | undefined): number =>
  concept === undefined || bridge === undefined ? 0 : Math.max(...concept.valences.map((valence) => bridge.kindsOf(valence).length))

const antigensOf = (code: string, edition: ImmunizationEdition, meaning: Meaning): readonly string[] =>
  edition.vaccines.get(code)?.antigens.map(({ antigen }) => antigen).toSorted() ?? meaning.antigens ?? []

function throughBridge(meaning: Meaning, edition: ImmunizationEdition, bridge: VaccineBridge): VaccineResolution {
  const { concept, from, antigens = [] } = meaning
  const found = (code: string, via: ResolvedVaccine['via'], assumed: readonly Assumption[]): ResolvedVaccine => ({ known: true, code, antigens: antigensOf(code, edition, meaning), via, assumed, from })
  if (concept === undefined) return { known: false, reason: antigens.length === 0 ? 'notAVaccine' : 'beyondSchedule', antigens, from }
  if (inSchedule(concept.nuva, edition)) return found(concept.nuva, 'nuva', [])
  const aligned = byNuva(concept, edition, bridge)
  if (aligned !== undefined) return found(aligned.code, 'nuva', aligned.assumed ? ['formulation'] : [])
  if (concept.passive) return { known: false, reason: 'passive', antigens, from }
  const like = findLike(concept, edition, bridge)
  return like === undefined ? { known: false, reason: 'beyondSchedule', antigens, from } : found(like.code, like.exact ? 'valences' : 'antigens', like.exact ? [] : ['formulation'])
}

/**
 * The CVX of the schedule that NUVA aligns a product with. Where NUVA calls several best, CVX tells apart what NUVA does not (an adjuvant,
 * a preservative, two doses or three): then the one called unspecified; else the wider code, where the schedule treats it as it does them;
 * else one of them, where the schedule treats them alike; else the wider code; at last the one that most target doses accept, which is said.
 */
function byNuva(concept: VaccineConcept, edition: ImmunizationEdition, bridge: VaccineBridge): { readonly code: string; readonly assumed: boolean } | undefined {
  const { best: tied, wider, passive } = concept
  // A code that the schedule only knows as one that others wait for (a live one) must be the product's own: of several it may not be it.
  const here = (codes: readonly string[]): readonly string[] => codes.filter((code) => (codes.length === 1 ? inSchedule(code, edition) : edition.vaccines.has(code)) && standsFor(code, concept, edition, bridge))
  const bests = here(tied)
  // A wider code may stand for an antibody or a vaccine: an antibody must never pass for one.
  const wide = passive ? [] : wider.filter((code) => edition.vaccines.has(code) && standsFor(code, concept, edition, bridge)).toSorted((a, b) => Number(isUnspecified(b, edition)) - Number(isUnspecified(a, edition)) || compare(a, b))
  const [first] = bests
  const sure = (code: string): { readonly code: string; readonly assumed: boolean } => ({ code, assumed: false })
  if (first !== undefined && bests.length === 1) return sure(first)
  const unspecified = bests.find((code) => isUnspecified(code, edition)) ?? (first === undefined ? wide[0] : undefined)
  if (unspecified !== undefined) return sure(unspecified)
  if (first === undefined) return undefined
  const accepted = bests.filter((code) => acceptance(code, edition) !== '')
  const alike = new Set(accepted.map((code) => acceptance(code, edition)))
  const [treatment] = alike
  const asThey = alike.size === 1 ? wide.find((code) => acceptance(code, edition) === treatment) : undefined
  if (asThey !== undefined) return sure(asThey)
  if (alike.size === 1 && accepted[0] !== undefined) return sure(accepted[0])
  const less = wide.find((code) => acceptance(code, edition) !== '') ?? (accepted.length === 0 ? wide[0] : undefined)
  if (less !== undefined) return sure(less)
  return { code: bests.toSorted((a, b) => acceptance(b, edition).length - acceptance(a, edition).length || compare(a, b))[0] ?? first, assumed: true }
}

/**
 * Does a code of the schedule stand for a product? What the code itself means decides: a schedule may hold it against fewer antigens,
 * those that it judges, but not against more. A schedule may also have names of its own (one for each kind of polio vaccine): then code
 * and product must be of exactly the same kind, for the schedule may take an unspecified code for one of them.
 */
function standsFor(code: string, product: VaccineConcept, edition: ImmunizationEdition, bridge: VaccineBridge): boolean {
  const held = edition.vaccines.get(code)?.antigens ?? []
  const coarse = coarsely(product.antigens, bridge)
  const concept = conceptOf(code, bridge)
  if (!same(coarsely(concept?.antigens ?? held.map(({ antigen }) => antigen), bridge), coarse)) return false
  const [known, own] = [held.filter(({ antigen }) => bridge.isAntigen(antigen)), held.filter(({ antigen }) => !bridge.isAntigen(antigen))]
  // CVX 121 is held against varicella before 50 years of age and against zoster after: what has ages may be beyond the product.
  if (!known.every((one) => coarse.includes(bridge.coarse(one.antigen)) || one.begin !== undefined || one.end !== undefined)) return false
  const unnamed = (valences: readonly string[]): readonly string[] => valences.filter((valence) => !known.some(({ antigen }) => bridge.coarse(antigen) === bridge.coarse(bridge.antigenOf(valence)))).toSorted()
  return own.length === 0 || same(unnamed(concept?.valences ?? []), unnamed(product.valences))
}

interface Candidate { readonly code: string; readonly concept: VaccineConcept | undefined; readonly closeness: number; readonly unspecified: boolean; readonly accepted: number }

/**
 * The schedule's vaccine that stands for a product. Exact: each valence of the one is a kind of the product's and covers it, so nothing is
 * said that the product is not; among equals the one called unspecified, then the one that most target doses accept, then the lowest code.
 */
function findLike(product: VaccineConcept, edition: ImmunizationEdition, bridge: VaccineBridge): { readonly code: string; readonly exact: boolean } | undefined {
  const candidates = candidatesFor(product, edition, bridge)
  const rank = (list: readonly Candidate[]): string | undefined => list.toSorted((a, b) => b.closeness - a.closeness || Number(b.unspecified) - Number(a.unspecified) || b.accepted - a.accepted || compare(a.code, b.code))[0]?.code
  const general = rank(candidates.filter(({ concept }) => concept !== undefined && isKindOf(product, concept, bridge)))
  if (general !== undefined) return { code: general, exact: true }
  const narrower = candidates.filter(({ concept }) => concept !== undefined && isKindOf(concept, product, bridge))
  const unspecified = narrower.filter((candidate) => candidate.unspecified)
  const [single] = unspecified.length === 1 ? unspecified : narrower
  if (single !== undefined && (narrower.length === 1 || unspecified.length === 1)) return { code: single.code, exact: false }
  if (product.antigens.length < 2) return undefined
  const sameAntigens = rank(candidates.filter(({ concept }) => concept === undefined || sameLive(product, concept, bridge)))
  return sameAntigens === undefined ? undefined : { code: sameAntigens, exact: false }
}

function candidatesFor(product: VaccineConcept, edition: ImmunizationEdition, bridge: VaccineBridge): readonly Candidate[] {
  const found: Candidate[] = []
  for (const [code, { antigens }] of edition.vaccines) {
    const concept = conceptOf(code, bridge)
    if (concept?.passive === true) continue
    const protects = concept === undefined ? antigens.map(({ antigen }) => antigen).toSorted() : concept.antigens
    if (!same(protects, product.antigens) || !standsFor(code, product, edition, bridge)) continue
    found.push({ code, concept, closeness: concept === undefined ? 0 : closeness(product, concept, bridge), unspecified: isUnspecified(code, edition), accepted: acceptance(code, edition).length })
  }
  return found
}

const isUnspecified = (code: string, edition: ImmunizationEdition): boolean => /unspecified/i.test(edition.vaccines.get(code)?.name ?? '')

/** Every valence of `product` is a kind of one of `general`, and each of `general` has one. */
const isKindOf = (product: VaccineConcept, general: VaccineConcept, bridge: VaccineBridge): boolean =>
  product.valences.every((valence) => bridge.kindsOf(valence).some((kind) => general.valences.includes(kind)))
  && general.valences.every((kind) => product.valences.some((valence) => bridge.kindsOf(valence).includes(kind)))

/** How near the kinds that both share are to the product's own valences. */
function closeness(product: VaccineConcept, candidate: VaccineConcept, bridge: VaccineBridge): number {
  let sum = 0
  for (const valence of product.valences) {
    const kinds = bridge.kindsOf(valence)
    const at = kinds.findIndex((kind) => candidate.valences.includes(kind))
    sum += at < 0 ? -kinds.length : -at
  }
  return sum / product.valences.length
}

const sameLive = (a: VaccineConcept, b: VaccineConcept, bridge: VaccineBridge): boolean => a.valences.some(bridge.isLive) === b.valences.some(bridge.isLive)

const treatments = new WeakMap<ImmunizationEdition, ReadonlyMap<string, string>>()

/** The target doses of the schedule that accept a vaccine, with the ages: equal texts are treated alike. Empty: none does. */
function acceptance(code: string, edition: ImmunizationEdition): string {
  const existing = treatments.get(edition)
  if (existing !== undefined) return existing.get(code) ?? ''
  const found = new Map<string, string>()
  const ages = (spans: readonly AgeSpan[]): string => spans.map(({ begin, end }) => `${begin?.text ?? ''}-${end?.text ?? ''}`).toSorted().join()
  for (const [place, { preferableByCvx, allowableByCvx }] of edition.antigens.flatMap(({ series }) => series.flatMap(({ doses }) => doses)).entries()) {
    for (const cvx of new Set([...preferableByCvx.keys(), ...allowableByCvx.keys()])) {
      found.set(cvx, `${found.get(cvx) ?? ''}${place}:${ages(allowableByCvx.get(cvx) ?? preferableByCvx.get(cvx) ?? [])};`)
    }
  }
  treatments.set(edition, found)
  return found.get(code) ?? ''
}

/** A name means what it says when all that it may mean protects against the same. */
function byName(text: string, edition: ImmunizationEdition, bridge: VaccineBridge | undefined): VaccineResolution | undefined {
  if (bridge === undefined) return undefined
  const meanings = bridge.named(text).flatMap((target) => ofTarget(target, text, edition, bridge) ?? [])
  if (meanings.length === 0) return undefined
  if (meanings.some((one) => meanings.some((other) => !agree(one, other, bridge)))) return { known: false, reason: 'contradiction', antigens: [], from: text }
  const answers = meanings.toSorted((a, b) => depth(a, bridge) - depth(b, bridge)).map((meaning) => best([meaning], edition, bridge))
  const [answer] = answers
  if (answer === undefined || !answer.known) return answer
  const assumed: readonly Assumption[] = answer.assumed.length > 0 || answers.some((other) => other.known && other.code !== answer.code) ? ['formulation', 'name'] : ['name']
  return { ...answer, assumed }
}
