/**
 * How texts and tokens are made comparable, the same way in the index and in a query.
 * Source: HL7 FHIR R4 4.0.1, search.html#string (case and accents are not told apart) and #token. Pure, no locale.
 */

// Combining marks that are decoration: accents, Arabic vowel signs, Hebrew points. The vowel signs of Indic, Thai or Khmer are
// marks too, but without them names of different sounds would be one: they stay.
const MARKS = /[\p{Script=Inherited}\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/gu
const SPACES = /[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g
/** Letters that no decomposition takes apart, as people type them without their own keyboard; and marks that look alike. */
const ALIKE: Readonly<Record<string, string>> = {
  ø: 'o', đ: 'd', ł: 'l', ħ: 'h', ŧ: 't', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th', ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y', ŋ: 'n', ɛ: 'e', ɔ: 'o', ς: 'σ',
  '\u2018': '\'', '\u2019': '\'', '\u02bc': '\'', '\u02bb': '\'', '\u2032': '\'', '`': '\'', '\u2010': '-', '\u2011': '-', '\u2012': '-', '\u2013': '-',
}
const ALIKE_PATTERN = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'g')
// oxlint-disable-next-line no-control-regex
const PLAIN = /^[\x21-\x5f\x61-\x7e]+(?: [\x21-\x5f\x61-\x7e]+)*$/

/** For names of the whole world: NFKD, decoration stripped, case folded (also ß and İ), look-alikes joined, runs of space as one. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replaceAll(MARKS, '').toLowerCase().toUpperCase().toLowerCase().normalize('NFKD').replaceAll(MARKS, '')
    .replaceAll(ALIKE_PATTERN, (letter) => ALIKE[letter] as string).replaceAll(SPACES, ' ').trim()
}

/** How a token is compared: codes as they stand, identifiers whatever their case, phone numbers by their digits. */
export type TokenFold = 'none' | 'case' | 'phone'

/** `AB 12` -> `ab 12` (case); `00256 (77) 123-456` -> `+25677123456` (phone). */
export function foldToken(code: string, fold: TokenFold): string {
  if (fold === 'none') return code
  if (fold === 'case') return code.trim().toLowerCase()
  const digits = code.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15)).toLowerCase().replaceAll(/[^\p{L}\p{N}+]/gu, '')
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits
}
