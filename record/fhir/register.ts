/**
 * Who a child is, between the registration form and FHIR: Patient, mother (RelatedPerson MTH), gestation. Four answers are enough:
 * a name or "baby of …", the mother, the sex, a birth date as well as it is known. None of them is needed for the record to stand.
 * `identityFromFhir` is the way back: what lists and headers show. Pure and browser-safe.
 */
import { formatDay, parsePartialDay, type Day, type Days, type Sex } from '@bairn/quantities'
import { BAIRN_CARD, EXTENSION, ROLE_CODE } from './codes.ts'
import { birthOf, sexOf } from './birth.ts'
import { gestationToFhir, plainId, type FactContext, type Resource } from './facts.ts'
import { booleanOf, codingsOf, listOf, numberOf, objectOf, textOf, type Json } from './read.ts'

/** The birth date as the family knows it. `partial` is a month or a year: '2025-05', '2025'. */
export type RegisteredBirth =
  | { readonly kind: 'exact'; readonly day: Day }
  | { readonly kind: 'partial'; readonly text: string }
  | { readonly kind: 'estimated'; readonly day: Day; readonly earliest: Day; readonly latest: Day }
  | { readonly kind: 'unknown' }

export interface Registration {
  /** `Patient/<id>` or `<id>` */
  readonly id: string
  /** `temporary`: "baby of …", until the child is named */
  readonly name?: { readonly text: string; readonly temporary?: boolean }
  readonly sex?: Sex
  readonly birth: RegisteredBirth
  /** `order` 1 is the first twin; a multiple birth whose order is not known has none */
  readonly multipleBirth?: { readonly order?: number }
  readonly mother?: { readonly id: string; readonly name: string }
  readonly phone?: string
  readonly cardNumber?: string
  readonly village?: string
  readonly country?: string
  /** of the family, as BCP 47 says it: 'sw' */
  readonly language?: string
  readonly gestation?: { readonly id: string; readonly value: Days; readonly day: Day }
}

/** Patient first, then the mother and the gestation where they are known. */
export function patientToFhir(registration: Registration, context: Omit<FactContext, 'child'> = {}): readonly Resource[] {
  const id = plainId(registration.id)
  const child = `Patient/${id}`
  const { name, sex, multipleBirth, mother, phone, cardNumber, village, country, language, gestation } = registration
  const telecom = phone === undefined ? {} : { telecom: [{ system: 'phone', value: phone }] }
  const address = village === undefined && country === undefined ? undefined
    : { use: 'home', ...(village === undefined ? {} : { text: village, city: village }), ...(country === undefined ? {} : { country }) }
  const patient: Resource = {
    resourceType: 'Patient', id,
    ...(cardNumber === undefined ? {} : { identifier: [{ system: BAIRN_CARD, value: cardNumber }] }),
    ...(name === undefined ? {} : { name: [{ use: name.temporary === true ? 'temp' : 'official', text: name.text }] }),
    ...(mother === undefined ? telecom : {}),
    gender: sex ?? 'unknown',
    ...birthElements(registration.birth),
    ...(address === undefined ? {} : { address: [address] }),
    ...(multipleBirth === undefined ? {} : multipleBirth.order === undefined ? { multipleBirthBoolean: true } : { multipleBirthInteger: multipleBirth.order }),
    ...(language === undefined ? {} : { communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: language }] }, preferred: true }] }),
  }
  const related: Resource[] = mother === undefined ? [] : [{
    resourceType: 'RelatedPerson', id: plainId(mother.id), patient: { reference: child },
    relationship: [{ coding: [{ system: ROLE_CODE, code: 'MTH', display: 'mother' }] }],
    name: [{ text: mother.name }], ...telecom,
  }]
  return [patient, ...related, ...(gestation === undefined ? [] : [gestationToFhir(gestation, { ...context, child })])]
}

function birthElements(birth: RegisteredBirth): Readonly<Record<string, unknown>> {
  switch (birth.kind) {
    case 'exact': return { birthDate: formatDay(birth.day) }
    case 'partial': return { birthDate: birth.text }
    case 'unknown': return { _birthDate: { extension: [{ url: EXTENSION.dataAbsent, valueCode: 'unknown' }] } }
    default: {
      const bounds = [{ url: 'earliest', valueDate: formatDay(birth.earliest) }, { url: 'latest', valueDate: formatDay(birth.latest) }]
      return { birthDate: formatDay(birth.day), _birthDate: { extension: [{ url: EXTENSION.birthEstimate, extension: bounds }] } }
    }
  }
}

/** The Patient with the answer to "is this a girl or a boy?". */
export const withSex = (patient: Resource, sex: Sex): Resource => ({ ...patient, gender: sex })

/** The Patient with a birth date that is known better now. */
export function withBirth(patient: Resource, birth: RegisteredBirth): Resource {
  const { birthDate: _, _birthDate: __, ...kept } = patient
  return { ...(kept as unknown as Resource), ...birthElements(birth) }
}

/** Named at last: the earlier names stay, as `old`. */
export function withName(patient: Resource, text: string): Resource {
  return { ...patient, name: [{ use: 'official', text }, ...listOf(patient['name']).map((name) => ({ ...name, use: 'old' }))] }
}

/** The Patient of a child who died, with the day where it is known. */
export function withDeath(patient: Resource, day?: Day): Resource {
  const { deceasedBoolean: _, deceasedDateTime: __, ...kept } = patient
  return { ...(kept as unknown as Resource), ...(day === undefined ? { deceasedBoolean: true } : { deceasedDateTime: formatDay(day) }) }
}

/** What a header or a list row shows of a child. Ids without their type. */
export interface ChildIdentity {
  readonly id: string
  /** undefined: no name was given */
  readonly name?: string
  readonly temporaryName: boolean
  readonly sex?: Sex
  /** as recorded: '2025-05-23', '2025-05' or '2025' */
  readonly birthDate?: string
  readonly birthEstimated: boolean
  readonly multipleBirth: boolean
  readonly birthOrder?: number
  readonly mother?: { readonly id: string; readonly name: string }
  readonly phone?: string
  readonly cardNumber?: string
  readonly village?: string
  readonly country?: string
  readonly language?: string
  readonly dead: boolean
}

/** @param resources of one child: its Patient and its RelatedPersons are looked at. Undefined if there is no Patient. */
export function identityFromFhir(resources: readonly unknown[]): ChildIdentity | undefined {
  const objects = resources.map(objectOf).filter((resource) => resource !== undefined)
  const patient = objects.find((resource) => resource['resourceType'] === 'Patient')
  if (patient === undefined) return undefined
  const related = objects.filter((resource) => resource['resourceType'] === 'RelatedPerson' && resource['active'] !== false)
  const mother = related.find(isMother)
  const motherName = nameOf(mother)?.text
  const name = nameOf(patient)
  const birth = birthOf(patient, 'Patient', () => {})
  const birthDate = textOf(patient['birthDate'])
  const address = listOf(patient['address'])[0]
  const order = numberOf(patient['multipleBirthInteger'])
  const sex = sexOf(patient, 'Patient', () => {})
  const phone = phoneOf(mother) ?? phoneOf(patient) ?? related.map(phoneOf).find((number) => number !== undefined)
  return {
    id: textOf(patient['id']) ?? '',
    temporaryName: name?.temporary ?? false,
    birthEstimated: birth.kind === 'estimated',
    multipleBirth: order !== undefined || booleanOf(patient['multipleBirthBoolean']) === true,
    dead: booleanOf(patient['deceasedBoolean']) === true || patient['deceasedDateTime'] !== undefined,
    ...defined({
      name: name?.text, sex, birthDate: birthDate !== undefined && parsePartialDay(birthDate).ok ? birthDate : undefined,
      birthOrder: order, mother: motherName === undefined ? undefined : { id: textOf(mother?.['id']) ?? '', name: motherName }, phone,
      cardNumber: cardNumberOf(patient), village: textOf(address?.['city']) ?? textOf(address?.['text']), country: textOf(address?.['country']),
      language: listOf(patient['communication']).flatMap((each) => codingsOf(each['language'])).map(({ code }) => code).find((code) => code !== undefined),
    }),
  }
}

function isMother(person: Json): boolean {
  const codes = listOf(person['relationship']).flatMap(codingsOf).flatMap(({ code }) => code ?? [])
  return codes.some((code) => ['MTH', 'NMTH', 'GESTM', 'ADOPTM', 'STPMTH', 'MTHFOST', '72705000', '444301002'].includes(code))
}

const NAME_ORDER = ['official', 'usual', undefined, 'nickname', 'anonymous', 'maiden', 'temp']

/** The name in use: an official one before a usual one, a temporary one last, an old one never. */
function nameOf(person: Json | undefined): { readonly text: string; readonly temporary: boolean } | undefined {
  const names = listOf(person?.['name']).filter((name) => name['use'] !== 'old')
  const rank = (name: Json): number => NAME_ORDER.indexOf(textOf(name['use']))
  const [best] = names.sort((a, b) => rank(a) - rank(b))
  if (best === undefined) return undefined
  const given = Array.isArray(best['given']) ? best['given'].filter((part) => typeof part === 'string') : []
  const text = textOf(best['text']) ?? textOf([...given, textOf(best['family'])].filter((part) => part !== undefined).join(' '))
  return text === undefined ? undefined : { text, temporary: best['use'] === 'temp' }
}

const phoneOf = (person: Json | undefined): string | undefined =>
  listOf(person?.['telecom']).filter(({ system }) => system === 'phone').map(({ value }) => textOf(value)).find((value) => value !== undefined)

/** Bairn's own card number before anybody else's first identifier. */
function cardNumberOf(patient: Json): string | undefined {
  const identifiers = listOf(patient['identifier']).filter(({ use }) => use !== 'old')
  return textOf((identifiers.find(({ system }) => system === BAIRN_CARD) ?? identifiers[0])?.['value'])
}

/** Without the members that are undefined. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
