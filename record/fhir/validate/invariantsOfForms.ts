/**
 * Invariants of forms, reports and the rarer records, written out by hand beside their official FHIRPath. See invariants.ts.
 */
import type { Holds } from './invariants.ts'
import { type Node, has, isDistinct, itemsOf, numberAt, textOf } from './node.ts'

const isOf = (n: Node, ...types: readonly string[]): boolean => types.includes(textOf(n, 'type') as string)
const xor = (n: Node, a: string, b: string): boolean => has(n, a) !== has(n, b)
const WITH_CHOICES = ['choice', 'open-choice', 'decimal', 'integer', 'date', 'dateTime', 'time', 'string', 'quantity']
const WITH_LENGTH = ['boolean', 'decimal', 'integer', 'string', 'text', 'url', 'open-choice']
const SEQUENCE_KINDS = ['genomeBuild', 'referenceSeqId', 'referenceSeqPointer', 'referenceSeqString']

export const FORM_INVARIANTS: readonly (readonly [string, Holds])[] = [
  // Questionnaire
  ['descendants().linkId.isDistinct()', (n) => isDistinct(linkIdsOf(n))],
  [`(type='group' implies item.empty().not()) and (type.trace('type')='display' implies item.trace('item').empty())`, (n) => (!isOf(n, 'group') || has(n, 'item')) && (!isOf(n, 'display') || !has(n, 'item'))],
  [`type!='display' or code.empty()`, (n) => !isOf(n, 'display') || !has(n, 'code')],
  ['answerOption.empty() or answerValueSet.empty()', (n) => !has(n, 'answerOption') || !has(n, 'answerValueSet')],
  [`(type ='choice' or type = 'open-choice' or type = 'decimal' or type = 'integer' or type = 'date' or type = 'dateTime' or type = 'time' or type = 'string' or type = 'quantity') or (answerValueSet.empty() and answerOption.empty())`,
    (n) => isOf(n, ...WITH_CHOICES) || (!has(n, 'answerValueSet') && !has(n, 'answerOption'))],
  [`type!='display' or (required.empty() and repeats.empty())`, (n) => !isOf(n, 'display') || (!has(n, 'required') && !has(n, 'repeats'))],
  // `is Boolean` means FHIR's boolean here, as the official example Questionnaire-bb shows
  [`operator = 'exists' implies (answer is Boolean)`, (n) => n['operator'] !== 'exists' || n['answerBoolean'] !== undefined],
  [`(type!='group' and type!='display') or initial.empty()`, (n) => !isOf(n, 'group', 'display') || !has(n, 'initial')],
  [`type!='display' or readOnly.empty()`, (n) => !isOf(n, 'display') || !has(n, 'readOnly')],
  [`(type in ('boolean' | 'decimal' | 'integer' | 'string' | 'text' | 'url' | 'open-choice')) or maxLength.empty()`, (n) => isOf(n, ...WITH_LENGTH) || !has(n, 'maxLength')],
  ['answerOption.empty() or initial.empty()', (n) => !has(n, 'answerOption') || !has(n, 'initial')],
  ['enableWhen.count() > 2 implies enableBehavior.exists()', (n) => itemsOf(n, 'enableWhen').length <= 2 || has(n, 'enableBehavior')],
  ['repeats=true or initial.count() <= 1', (n) => n['repeats'] === true || itemsOf(n, 'initial').length <= 1],
  // QuestionnaireResponse
  ['(answer.exists() and item.exists()).not()', (n) => !has(n, 'answer') || !has(n, 'item')],
  // MeasureReport
  [`(type != 'data-collection') or group.exists().not()`, (n) => !isOf(n, 'data-collection') || !has(n, 'group')],
  ['group.stratifier.stratum.all(value.exists() xor component.exists())',
    (n) => itemsOf(n, 'group').flatMap((g) => itemsOf(g, 'stratifier')).flatMap((s) => itemsOf(s, 'stratum')).every((s) => xor(s, 'value', 'component'))],
  // CoverageEligibilityResponse, Linkage, MolecularSequence
  ['category.exists() xor productOrService.exists()', (n) => xor(n, 'category', 'productOrService')],
  ['item.count()>1', (n) => itemsOf(n, 'item').length > 1],
  ['coordinateSystem = 1 or coordinateSystem = 0', (n) => [0, 1].includes(numberAt(n, 'coordinateSystem') as number)],
  ['(chromosome.empty() and genomeBuild.empty()) or (chromosome.exists() and genomeBuild.exists())', (n) => !xor(n, 'chromosome', 'genomeBuild')],
  ['(genomeBuild.count()+referenceSeqId.count()+ referenceSeqPointer.count()+ referenceSeqString.count()) = 1', (n) => SEQUENCE_KINDS.filter((name) => has(n, name)).length === 1],
  // ValueSet
  ['valueSet.exists() or system.exists()', (n) => has(n, 'valueSet') || has(n, 'system')],
  ['(concept.exists() or filter.exists()) implies system.exists()', (n) => (!has(n, 'concept') && !has(n, 'filter')) || has(n, 'system')],
  ['concept.empty() or filter.empty()', (n) => !has(n, 'concept') || !has(n, 'filter')],
  ['code.exists() or display.exists()', (n) => has(n, 'code') || has(n, 'display')],
  ['code.exists() or abstract = true', (n) => has(n, 'code') || n['abstract'] === true],
]

function linkIdsOf(node: Node): readonly unknown[] {
  return itemsOf(node, 'item').flatMap((item) => [item['linkId'], ...linkIdsOf(item)])
}
