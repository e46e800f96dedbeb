/**
 * The primitive types: which JSON type they take, and which texts.
 * Source: HL7 FHIR R4 4.0.1, datatypes.html#primitive (the regular expressions of the StructureDefinitions, made linear).
 */
import { daysOfMonth } from '../dateTime.ts'
import { digitsOf, numberOf } from '../json.ts'
import { checkXhtml } from './xhtml.ts'

/** What is wrong with a value: the wrong JSON type, an empty text, a form that is not the type's, a day that does not exist. */
export type PrimitiveProblem = 'wrongType' | 'emptyText' | 'form' | 'day' | 'id' | 'characters' | 'narrative'
export type PrimitiveCheck = (value: unknown) => PrimitiveProblem | undefined

// White space is that of ASCII, as in the standard's regular expressions: a code may hold U+00A0.
const CODE = /^[^ \t\n\r\f\v]+(?:[ \t\n\r\f\v][^ \t\n\r\f\v]+)*$/
const ID = /^[A-Za-z0-9\-.]{1,64}$/
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/
const DATE = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/
const CLOCK = /^T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/
const INTEGER = /^-?(?:0|[1-9]\d*)$/
// datatypes.html#string: no character below U+0020 but tab, line feed and carriage return.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

const text = (form: (value: string) => boolean | PrimitiveProblem | undefined): PrimitiveCheck => (value) => {
  if (typeof value !== 'string') return 'wrongType'
  if (value === '') return 'emptyText'
  const found = form(value)
  return found === true || found === undefined ? undefined : found === false ? 'form' : found
}
const whole = (least: number): PrimitiveCheck => (value) => {
  const number = numberOf(value)
  if (number === undefined) return 'wrongType'
  return INTEGER.test(digitsOf(value) as string) && number >= least && number <= 2_147_483_647 ? undefined : 'form'
}
const anyText = text((value) => (CONTROL.test(value) ? 'characters' : undefined))
const address = text((value) => (/[ \t\n\r\f\v]/.test(value) ? false : CONTROL.test(value) ? 'characters' : undefined))

export const PRIMITIVES: Readonly<Record<string, PrimitiveCheck>> = {
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'wrongType'),
  decimal: (value) => {
    const number = numberOf(value)
    return number === undefined ? 'wrongType' : Number.isFinite(number) ? undefined : 'form'
  },
  integer: whole(-2_147_483_648),
  unsignedInt: whole(0),
  positiveInt: whole(1),
  string: anyText,
  markdown: anyText,
  code: text((value) => CODE.test(value) && !CONTROL.test(value)),
  id: text((value) => (ID.test(value) ? undefined : 'id')),
  uri: address,
  url: address,
  canonical: address,
  oid: text((value) => OID.test(value)),
  uuid: text((value) => UUID.test(value)),
  base64Binary: text(isBase64),
  date: text((value) => (DATE.test(value) ? isDay(value) : false)),
  dateTime: text((value) => (value.length <= 10 ? DATE.test(value) && isDay(value) : isMoment(value))),
  instant: text((value) => (value.length > 10 ? isMoment(value) : false)),
  time: text((value) => TIME.test(value)),
  xhtml: text((value) => (checkXhtml(value) === undefined ? undefined : 'narrative')),
}

function isMoment(value: string): true | false | 'day' {
  const day = value.slice(0, 10)
  return DATE.test(day) && day.length === 10 && CLOCK.test(value.slice(10)) ? isDay(day) : false
}
/** Of a text in the form of a date. The year 0000 is not in the standard's form. */
function isDay(value: string): true | false | 'day' {
  const year = Number(value.slice(0, 4))
  if (year === 0) return false
  if (value.length === 4) return true
  const month = Number(value.slice(5, 7))
  if (month < 1 || month > 12) return 'day'
  if (value.length === 7) return true
  const day = Number(value.slice(8, 10))
  return day >= 1 && day <= daysOfMonth(year, month) ? true : 'day'
}
function isBase64(value: string): boolean {
  const packed = /\s/.test(value) ? value.replaceAll(/\s/g, '') : value
  return packed.length % 4 === 0 && packed !== '' && /^[A-Za-z0-9+/]*={0,2}$/.test(packed)
}
