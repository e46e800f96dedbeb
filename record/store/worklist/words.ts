/**
 * The words a child is found by, and those that somebody typed: folded alike, so that a beginning is a range of the index.
 * Names of scripts without spaces between words are found from any of their signs; phones and card numbers also by their end.
 */
import { foldText } from '@bairn/fhir/search'
import type { WorklistProjection } from '../contract.ts'

export interface Word { readonly kind: keyof WorklistProjection['words']; readonly word: string }

const MOST_LETTERS = 40
const NOT_WORD = /[^\p{L}\p{N}\p{M}]+/u
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Numbers are found whole, without the country's code (7 to 10 digits), and by their last four. */
const ENDS = [10, 9, 8, 7, 4]

export function wordsOf(words: WorklistProjection['words']): readonly Word[] {
  const found = new Map<string, Word>()
  const add = (kind: Word['kind'], word: string): void => {
    const short = [...word].slice(0, MOST_LETTERS).join('')
    if (short !== '') found.set(`${kind} ${short}`, { kind, word: short })
  }
  for (const kind of ['name', 'mother', 'village'] as const) for (const text of words[kind]) for (const word of splitWords(text)) for (const part of UNSPACED.test(word) ? endsOf(word) : [word]) add(kind, part)
  for (const kind of ['phone', 'card'] as const) for (const text of words[kind]) {
    const whole = joinNumber(text)
    for (const number of [whole, withoutZeros(whole)]) add(kind, number)
    for (const length of ENDS) if (whole.length > length) add(kind, whole.slice(-length))
    if (kind === 'card') for (const word of splitWords(text)) for (const part of [word, withoutZeros(word)]) add(kind, part)
  }
  return [...found.values()]
}

/** What was typed, as beginnings that must all be found. '0772 123 456' is one number (kept as '+256 772 …': without the 0), 'awa diallo' two words. */
export function typedWords(q: string): readonly string[] {
  const digits = joinNumber(q)
  if (digits.length >= 4 && /^[\d\s()+./-]+$/u.test(foldDigits(q))) return [withoutZeros(digits)]
  return [...new Set(splitWords(q))].map((word) => [...word].slice(0, MOST_LETTERS).join(''))
}

export const splitWords = (text: string): readonly string[] => foldText(foldDigits(text)).split(NOT_WORD).filter((word) => word !== '')

/** A number without what stands between its digits. */
export const joinNumber = (text: string): string => foldText(foldDigits(text)).split(NOT_WORD).join('')

/** The zero of a call within the country, or before a short card number. */
const withoutZeros = (number: string): string => number.replace(/^0+(?=.)/, '')

const foldDigits = (text: string): string => text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))

function endsOf(word: string): readonly string[] {
  const letters = [...word].slice(0, MOST_LETTERS)
  return letters.map((_, start) => letters.slice(start).join(''))
}
