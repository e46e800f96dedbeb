/**
 * Invariants of the data types, written out by hand beside their official FHIRPath. See invariants.ts.
 */
import { isCertainlyAfter } from '../dateTime.ts'
import type { Holds } from './invariants.ts'
import { type Node, has, hasChoice, itemsOf, numberAt, part, textOf } from './node.ts'

const UCUM = 'http://unitsofmeasure.org'
const isUcumOrNone = (n: Node): boolean => !has(n, 'system') || n['system'] === UCUM
const codedIfValued = (n: Node): boolean => has(n, 'code') || !has(n, 'value')
const isPercent = (quantity: Node | undefined): boolean => quantity === undefined || (quantity['code'] === '%' && quantity['system'] === UCUM)
const xor = (n: Node, a: string, b: string): boolean => has(n, a) !== has(n, b)
const notNegative = (n: Node, name: string): boolean => (numberAt(n, name) ?? 0) >= 0
const ELEMENT_PATH = /[^\s.,:;'"/|?!@#$%&*()[\]{}]{1,64}(\.[^\s.,:;'"/|?!@#$%&*()[\]{}]{1,64}(\[x\])?(:[^\s.]+)?)*/
const MEALS = ['C', 'CM', 'CD', 'CV']

export const DATATYPE_INVARIANTS: readonly (readonly [string, Holds])[] = [
  // Quantity and its kinds
  ['code.empty() or system.exists()', (n) => !has(n, 'code') || has(n, 'system')],
  ['(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (value.empty() or value.hasValue().not() or value > 0)',
    (n) => codedIfValued(n) && isUcumOrNone(n) && (numberAt(n, 'value') ?? 1) > 0],
  [`(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (code.empty() or code = '1') and (value.empty() or value.hasValue().not() or value.toString().contains('.').not())`,
    (n) => codedIfValued(n) && isUcumOrNone(n) && (!has(n, 'code') || n['code'] === '1') && Number.isInteger(numberAt(n, 'value') ?? 1)],
  ['(code.exists() or value.empty()) and (system.empty() or system = %ucum)', (n) => codedIfValued(n) && isUcumOrNone(n)],
  ['code.exists() implies ((system = %ucum) and value.exists())', (n) => !has(n, 'code') || (n['system'] === UCUM && has(n, 'value'))],
  [`(code.exists() or value.empty()) and (system.empty() or system = 'urn:iso:std:iso:4217')`, (n) => codedIfValued(n) && (!has(n, 'system') || n['system'] === 'urn:iso:std:iso:4217')],
  ['comparator.empty()', (n) => !has(n, 'comparator')],
  ['low.empty() or high.empty() or (low <= high)', (n) => isRising(part(n, 'low'), part(n, 'high'))],
  ['(numerator.empty() xor denominator.exists()) and (numerator.exists() or extension.exists())', (n) => !xor(n, 'numerator', 'denominator') && (has(n, 'numerator') || has(n, 'extension'))],
  [`(low.empty() or ((low.code = '%') and (low.system = %ucum))) and (high.empty() or ((high.code = '%') and (high.system = %ucum)))`,
    (n) => typeof n !== 'object' || (isPercent(part(n, 'low')) && isPercent(part(n, 'high')))],
  // Attachment, ContactPoint, Expression, Period
  ['data.empty() or contentType.exists()', (n) => !has(n, 'data') || has(n, 'contentType')],
  ['value.empty() or system.exists()', (n) => !has(n, 'value') || has(n, 'system')],
  ['expression.exists() or reference.exists()', (n) => has(n, 'expression') || has(n, 'reference')],
  ['start.hasValue().not() or end.hasValue().not() or (start <= end)', (n) => {
    const [start, end] = [textOf(n, 'start'), textOf(n, 'end')]
    return start === undefined || end === undefined || !isCertainlyAfter(start, end)
  }],
  // Narrative: the primitive check reads the whole text, so txt-1 and txt-2 are held before this
  ['htmlChecks()', () => true],
  // Reference: what '#id' points at must be contained
  [`reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))`, (n, place) => {
    const reference = textOf(n, 'reference')
    if (reference === undefined || !reference.startsWith('#')) return true
    return (reference === '#' && place.container !== place.resource) || itemsOf(place.container, 'contained').some((c) => `#${textOf(c, 'id')}` === reference)
  }],
  // Timing.repeat
  ['duration.empty() or durationUnit.exists()', (n) => !has(n, 'duration') || has(n, 'durationUnit')],
  ['period.empty() or periodUnit.exists()', (n) => !has(n, 'period') || has(n, 'periodUnit')],
  ['duration.exists() implies duration >= 0', (n) => notNegative(n, 'duration')],
  ['period.exists() implies period >= 0', (n) => notNegative(n, 'period')],
  ['periodMax.empty() or period.exists()', (n) => !has(n, 'periodMax') || has(n, 'period')],
  ['durationMax.empty() or duration.exists()', (n) => !has(n, 'durationMax') || has(n, 'duration')],
  ['countMax.empty() or count.exists()', (n) => !has(n, 'countMax') || has(n, 'count')],
  [`offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))`,
    (n) => !has(n, 'offset') || (has(n, 'when') && itemsOf(n, 'when').every((w) => !MEALS.includes(w as unknown as string)))],
  ['timeOfDay.empty() or when.empty()', (n) => !has(n, 'timeOfDay') || !has(n, 'when')],
  // ElementDefinition: their regular expressions escape more than JavaScript's engine lets an expression escape
  [String.raw`path.matches('[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\.[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\[x\\])?(\\:[^\\s\\.]+)?)*')`, (n) => ELEMENT_PATH.test(textOf(n, 'path') ?? '')],
  [String.raw`sliceName.empty() or sliceName.matches('^[a-zA-Z0-9\\/\\-_\\[\\]\\@]+$')`, (n) => !has(n, 'sliceName') || /^[a-zA-Z0-9/\-_[\]@]+$/.test(textOf(n, 'sliceName') ?? '')],
  // DataRequirement, TriggerDefinition
  ['path.exists() xor searchParam.exists()', (n) => xor(n, 'path', 'searchParam')],
  ['data.empty() or timing.empty()', (n) => !has(n, 'data') || !hasChoice(n, 'timing')],
  ['condition.exists() implies data.exists()', (n) => !has(n, 'condition') || has(n, 'data')],
  [`(type = 'named-event' implies name.exists()) and (type = 'periodic' implies timing.exists()) and (type.startsWith('data-') implies data.exists())`,
    (n) => (n['type'] !== 'named-event' || has(n, 'name')) && (n['type'] !== 'periodic' || hasChoice(n, 'timing')) && (textOf(n, 'type')?.startsWith('data-') !== true || has(n, 'data'))],
]

/** Undecided unless both are numbers of one unit. */
function isRising(low: Node | undefined, high: Node | undefined): boolean {
  const [a, b] = [numberAt(low, 'value'), numberAt(high, 'value')]
  if (a === undefined || b === undefined) return true
  const isOneUnit = low?.['code'] === high?.['code'] && low?.['system'] === high?.['system'] && low?.['unit'] === high?.['unit']
  return !isOneUnit || a <= b
}
