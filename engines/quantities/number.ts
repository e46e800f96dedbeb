/**
 * Numbers as people write them: '9.6', '9,6', '٩٫٦', '۹٫۶'. What could mean two things is refused.
 */
import type { Parsed } from './day.ts'

const ARABIC_INDIC = 0x0660
const EXTENDED_ARABIC_INDIC = 0x06f0

/**
 * Reads a decimal number with '.', ',' or '٫' before the decimals and Western, Arabic-Indic or Persian digits.
 * Problems: 'number.format'; 'number.ambiguous' for '1,234', '1.234,5' and the like, where a thousands mark may be meant
 * (three digits behind one comma: '0,125' can only be a decimal and is taken as such).
 */
export function parseNumber(text: string): Parsed<number> {
  const plain = [...text.trim()].map(westernDigit).join('').replace(/[\u2212]/g, '-').replace(/\u066b/g, ',')
  const refuse = (code: 'number.format' | 'number.ambiguous'): Parsed<number> => ({ ok: false, problem: { code, given: text } })
  if (/^[+-]?\d{1,3}([.,'\u066c\u00a0\u202f ]\d{3})+[.,]\d+$/.test(plain)) return refuse('number.ambiguous')
  if (/^[+-]?[1-9]\d{0,2}([,\u066c]\d{3})+$/.test(plain)) return refuse('number.ambiguous')
  if (!/^[+-]?\d+([.,]\d+)?$/.test(plain)) return refuse('number.format')
  return { ok: true, value: Number(plain.replace(',', '.')) }
}

function westernDigit(character: string): string {
  const code = character.codePointAt(0) as number
  if (code >= ARABIC_INDIC && code < ARABIC_INDIC + 10) return String(code - ARABIC_INDIC)
  if (code >= EXTENDED_ARABIC_INDIC && code < EXTENDED_ARABIC_INDIC + 10) return String(code - EXTENDED_ARABIC_INDIC)
  return character
}
