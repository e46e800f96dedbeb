/**
 * Walks one resource along the generated tables and says everything that is wrong with its structure, with its place.
 * Not judged: terminology beyond required code lists, profiles, whether references exist. Pure but for loading tables.
 * Source: HL7 FHIR R4 4.0.1, json.html, datatypes.html, references.html and the StructureDefinitions.
 */
import type { Issue, MessageParam } from '@bairn/reasoning'
import { isRawNumber } from '../json.ts'
import { type Check, type Property, type TypeDefinition, getType } from './compile.ts'
import type { Place } from './invariants.ts'
import { evaluateByFhirpath } from './invariantsByFhirpath.ts'
import { type Node, itemsOf } from './node.ts'
import type { PrimitiveProblem } from './primitives.ts'
import { type BundleTypes, bundleTypes, typeOfReference } from './references.ts'
import { isResourceType } from './resourceTypes.ts'

/** After so many issues the rest is not looked for: the answer must stay readable, and small. */
export const MAX_ISSUES = 100

interface Run {
  readonly issues: Issue[]
  /** names and list places from the root to the node being looked at */
  readonly path: (string | number)[]
  readonly root: unknown
  place: Place
  bundle: BundleTypes | undefined
}

/** Every structural problem of a resource; an empty list says that it may stand. Never throws, whatever it is given. */
export function validateResource(resource: unknown): readonly Issue[] {
  const nothing: Node = {}
  const run: Run = { issues: [], path: [], root: resource, place: { resource: nothing, container: nothing, bundle: () => undefined, copies: new WeakMap() }, bundle: undefined }
  checkResource(run, resource, false)
  return run.issues
}

function checkResource(run: Run, value: unknown, isContained: boolean): void {
  if (!isObject(value)) return report(run, 'structure', 'resource.notObject', { found: { code: kindOf(value) } })
  const type = value['resourceType']
  if (typeof type !== 'string') return report(run, 'structure', 'resource.noType')
  if (!isResourceType(type)) return report(run, 'structure', 'resource.unknownType', { given: { text: shorten(type) } })
  const outer = run.place
  run.place = { resource: value, container: isContained ? outer.container : value, bundle: () => entryTypes(run), copies: outer.copies }
  if (run.path.length === 0) run.path.push(type)
  checkObject(run, value, getType(type))
  run.place = outer
}
function entryTypes(run: Run): BundleTypes | undefined {
  if (!isObject(run.root) || run.root['resourceType'] !== 'Bundle') return undefined
  return (run.bundle ??= bundleTypes(run.root))
}

function checkObject(run: Run, node: Node, type: TypeDefinition): void {
  const before = run.issues.length
  let content = 0
  let chosen: Record<string, string> | undefined
  for (const key in node) {
    const property = type.properties.get(key)
    if (property === undefined) {
      if (key === 'resourceType' && type.isResource) continue
      content++
      report(run, 'structure', 'unknownProperty', { name: { text: shorten(key) }, type: { text: type.name } })
      continue
    }
    if (key !== 'id') content++
    if (property.choice !== undefined) {
      chosen ??= {}
      const name = property.sibling ? key.slice(1) : key
      const first = (chosen[property.choice] ??= name)
      if (first !== name) reportAt(run, property.choice, 'structure', 'choice', { name: { text: property.choice }, first: { text: first }, second: { text: name } })
    }
    checkProperty(run, node, key, node[key], property)
    if (run.issues.length >= MAX_ISSUES) return
  }
  for (const { name, names } of type.required) if (!names.some((n) => node[n] !== undefined)) reportAt(run, name, 'required', 'required', { name: { text: name } })
  if (content === 0 && !type.isResource) return report(run, 'structure', 'emptyObject')
  // Invariants presuppose the structure: a broken one would only be said twice.
  if (run.issues.length === before) for (const check of type.checks) runCheck(run, node, check, type.name)
}

function checkProperty(run: Run, node: Node, key: string, value: unknown, property: Property): void {
  run.path.push(property.element)
  if (value === null) report(run, 'structure', 'null')
  else if (property.list) {
    if (!Array.isArray(value)) report(run, 'structure', 'listExpected')
    else if (value.length === 0) report(run, 'structure', 'emptyList')
    else {
      const at = run.path.push(0) - 1
      for (let i = 0; i < value.length; i++) {
        run.path[at] = i
        const item: unknown = value[i]
        if (item !== null) checkValue(run, item, property)
        else if (!isFilled(node, key, i, property)) report(run, 'structure', 'null')
        if (run.issues.length >= MAX_ISSUES) break
      }
      run.path.pop()
      if (property.sibling) checkLengths(run, node, key, value.length)
    }
  } else if (Array.isArray(value)) report(run, 'structure', 'oneExpected')
  else checkValue(run, value, property)
  run.path.pop()
}
/** In a list of primitives null stands where only the other list (values, or their extensions) has something. Null in both is said once, by the values. */
function isFilled(node: Node, key: string, place: number, property: Property): boolean {
  if (property.sibling) return Array.isArray(node[key.slice(1)])
  const extensions = property.primitive === undefined ? undefined : node[`_${key}`]
  return Array.isArray(extensions) && extensions[place] !== null && extensions[place] !== undefined
}
function checkLengths(run: Run, node: Node, key: string, length: number): void {
  const values = node[key.slice(1)]
  if (Array.isArray(values) && values.length !== length) report(run, 'structure', 'unequalLists', { values: { number: values.length }, extensions: { number: length } })
}

function checkValue(run: Run, value: unknown, property: Property): void {
  if (property.primitive !== undefined) return checkPrimitive(run, value, property)
  if (!isObject(value)) return report(run, 'structure', 'wrongType', { expected: { code: 'object' }, found: { code: kindOf(value) } })
  if (property.type === 'Resource') return checkResource(run, value, property.element === 'contained')
  const before = run.issues.length
  checkObject(run, value, getType(property.type))
  if (property.type === 'Extension') checkExtension(run, value)
  if (run.issues.length > before) return
  if (property.targets !== undefined) checkTarget(run, value, property.targets)
  if (property.concepts !== undefined) checkConcept(run, value, property.concepts)
  for (const check of property.checks) runCheck(run, value, check, run.path.filter((p) => typeof p === 'string').join('.'))
}

function checkPrimitive(run: Run, value: unknown, property: Property): void {
  const problem = property.primitive?.(value)
  if (problem !== undefined) return reportPrimitive(run, value, property, problem)
  if (property.codes !== undefined && !property.codes.has(value as string)) {
    report(run, 'code-invalid', 'code', { given: { text: shorten(value as string) }, allowed: { text: listOf(property.codes) } })
  }
}
function reportPrimitive(run: Run, value: unknown, property: Property, problem: PrimitiveProblem): void {
  if (problem === 'wrongType') {
    const expected = property.type === 'boolean' ? 'boolean' : ['decimal', 'integer', 'unsignedInt', 'positiveInt'].includes(property.type) ? 'number' : 'text'
    return report(run, 'structure', 'wrongType', { expected: { code: expected }, found: { code: kindOf(value) } })
  }
  const given: MessageParam = { text: shorten(isRawNumber(value) ? value.rawJSON : String(value)) }
  report(run, problem === 'emptyText' ? 'structure' : 'value', problem, { given, type: { code: property.type } })
}

/** ext-1: a value or extensions, never both, never neither. */
function checkExtension(run: Run, extension: Node): void {
  let hasValue = false
  for (const key in extension) if (key.startsWith('value') || key.startsWith('_value')) hasValue = true
  if (hasValue === (extension['extension'] !== undefined)) {
    report(run, 'invariant', 'invariant', { key: { text: 'ext-1' }, rule: { text: 'Must have either extensions or value[x], not both' } })
  }
}

function checkTarget(run: Run, reference: Node, targets: ReadonlySet<string>): void {
  const type = typeOfReference(reference, run.place.container, run.place.bundle)
  if (type !== undefined && !targets.has(type)) report(run, 'value', 'target', { given: { text: type }, allowed: { text: listOf(targets) } })
}

/** A required binding wants one coding of the list; extensions may say why there is none. */
function checkConcept(run: Run, concept: Node, allowed: ReadonlyMap<string, ReadonlySet<string>>): void {
  const codings = itemsOf(concept, 'coding')
  if (codings.some((c) => allowed.get(c['system'] as string)?.has(c['code'] as string)) || concept['extension'] !== undefined) return
  const given = codings.map((c) => `${String(c['system'] ?? '')}|${String(c['code'] ?? '')}`).join(', ')
  const codes = new Set([...allowed].flatMap(([system, set]) => [...set].map((code) => `${system}|${code}`)))
  report(run, 'code-invalid', given === '' ? 'conceptWithoutCode' : 'concept', { given: { text: shorten(given) }, allowed: { text: listOf(codes) } })
}

function runCheck(run: Run, node: Node, check: Check, base: string): void {
  const held = check.holds === undefined ? evaluateByFhirpath(check.expression, base, node, run.place) !== false : check.holds(node, run.place)
  if (!held) report(run, 'invariant', 'invariant', { key: { text: check.key }, rule: { text: check.human } })
}

type FhirIssueType = 'structure' | 'required' | 'value' | 'code-invalid' | 'invariant'

function report(run: Run, code: FhirIssueType, key: string, params: Readonly<Record<string, MessageParam>> = {}): void {
  if (run.issues.length >= MAX_ISSUES) return
  const where = formatPath(run.path)
  run.issues.push({ code, severity: 'error', text: { key: `fhir.${key}`, params: { at: { text: where }, ...params } }, where })
}
function reportAt(run: Run, name: string, code: FhirIssueType, key: string, params: Readonly<Record<string, MessageParam>>): void {
  run.path.push(name.endsWith('[x]') ? name.slice(0, -3) : name)
  report(run, code, key, params)
  run.path.pop()
}
/** FHIRPath of a place: Patient.name[0].given[1] */
function formatPath(path: readonly (string | number)[]): string {
  let text = ''
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`
  return text
}

const isObject = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value)
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object') return isRawNumber(value) ? 'number' : 'object'
  return typeof value === 'string' ? 'text' : typeof value
}
const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)
/** Ten at most: the list is a hint, not the code system. */
function listOf(names: ReadonlySet<string>): string {
  const all = [...names]
  return all.length > 10 ? `${all.slice(0, 10).join(', ')}, …` : all.join(', ')
}
