/**
 * The official invariants that resources of a child's record meet, written out by hand beside their FHIRPath: 16 us become 0.2.
 * What is not here runs through the fhirpath library (invariantsByFhirpath.ts). A differential test compares both on the official examples.
 * Source: HL7 FHIR R4 4.0.1, ElementDefinition.constraint of the StructureDefinitions; the text on the left is the official expression.
 * A comparison that cannot be decided (2024-03 with 2024-03-05; kg with g) counts as held; an absent element is not equal to any value.
 */
import { isCertainlyAfter } from '../dateTime.ts'
import { numberOf } from '../json.ts'
import { FORM_INVARIANTS } from './invariantsOfForms.ts'
import { DATATYPE_INVARIANTS } from './invariantsOfTypes.ts'
import { type Node, has, hasChoice, hasCode, isDistinct, itemsOf, part, same, textOf } from './node.ts'
import { type BundleTypes, typeOfReference } from './references.ts'

/** Where a node stands. */
export interface Place {
  /** the nearest resource */
  readonly resource: Node
  /** the resource that holds it when it is contained, else the same */
  readonly container: Node
  /** the types of a bundle's entries */
  readonly bundle: () => BundleTypes | undefined
  /** of this validation: nodes with plain numbers, for the library */
  readonly copies: WeakMap<object, unknown>
}
export type Holds = (node: Node, place: Place) => boolean

/** The translation of an official expression, if there is one. */
export const findNative = (expression: string): Holds | undefined => NATIVE.get(expression)
/** For tests: every expression that has a translation. */
export const nativeExpressions = (): readonly string[] => [...NATIVE.keys()]

const ALLERGY = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification'
const ENDED = ['resolved', 'remission', 'inactive'] as const
const oneOf = (node: Node, name: string, ...values: readonly string[]): boolean => values.includes(textOf(node, name) as string)
const bundleIs = (place: Place, ...types: readonly string[]): boolean => oneOf(place.resource, 'type', ...types)
const notLater = (node: Node, start: string, end: string): boolean => {
  const [from, to] = [textOf(node, start), textOf(node, end)]
  return from === undefined || to === undefined || !isCertainlyAfter(from, to)
}
const isPatientOrScope = (code: string): Holds => (n) => has(n, 'patient') || !hasCode(part(n, 'scope'), 'something', code)

const NATIVE: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ...DATATYPE_INVARIANTS,
  ...FORM_INVARIANTS,

  // Every resource
  ['contained.contained.empty()', (n) => itemsOf(n, 'contained').every((c) => !has(c, 'contained'))],
  [`contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().as(canonical) | %resource.descendants().as(uri) | %resource.descendants().as(url))) or descendants().where(reference = '#').exists() or descendants().where(as(canonical) = '#').exists() or descendants().where(as(canonical) = '#').exists()).not()).trace('unmatched', id).empty()`,
    (n) => itemsOf(n, 'contained').length === 0 || areContainedReferenced(n)],
  ['contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()',
    (n) => itemsOf(n, 'contained').every((c) => part(c, 'meta') === undefined || !(has(part(c, 'meta') as Node, 'versionId') || has(part(c, 'meta') as Node, 'lastUpdated')))],
  ['contained.meta.security.empty()', (n) => itemsOf(n, 'contained').every((c) => part(c, 'meta') === undefined || !has(part(c, 'meta') as Node, 'security'))],

  // AllergyIntolerance
  [`verificationStatus.coding.where(system = '${ALLERGY}' and code = 'entered-in-error').exists() or clinicalStatus.exists()`,
    (n) => hasCode(part(n, 'verificationStatus'), ALLERGY, 'entered-in-error') || has(n, 'clinicalStatus')],
  [`verificationStatus.coding.where(system = '${ALLERGY}' and code = 'entered-in-error').empty() or clinicalStatus.empty()`,
    (n) => !hasCode(part(n, 'verificationStatus'), ALLERGY, 'entered-in-error') || !has(n, 'clinicalStatus')],
  // Appointment, AppointmentResponse
  ['start.exists() = end.exists()', (n) => has(n, 'start') === has(n, 'end')],
  [`(start.exists() and end.exists()) or (status in ('proposed' | 'cancelled' | 'waitlist'))`, (n) => (has(n, 'start') && has(n, 'end')) || oneOf(n, 'status', 'proposed', 'cancelled', 'waitlist')],
  // 'no-show' is a slip of 4.0.1: the code of the status is noshow
  [`Appointment.cancelationReason.exists() implies (Appointment.status='no-show' or Appointment.status='cancelled')`, (n) => !has(n, 'cancelationReason') || oneOf(n, 'status', 'noshow', 'cancelled')],
  ['type.exists() or actor.exists()', (n) => has(n, 'type') || has(n, 'actor')],
  ['participantType.exists() or actor.exists()', (n) => has(n, 'participantType') || has(n, 'actor')],
  // AuditEvent
  ['name.empty() or query.empty()', (n) => !has(n, 'name') || !has(n, 'query')],
  // Bundle
  [`total.empty() or (type = 'searchset') or (type = 'history')`, (n) => !has(n, 'total') || oneOf(n, 'type', 'searchset', 'history')],
  [`entry.search.empty() or (type = 'searchset')`, (n) => oneOf(n, 'type', 'searchset') || itemsOf(n, 'entry').every((e) => !has(e, 'search'))],
  [`entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history'))`,
    (n, place) => itemsOf(n, 'entry').every((e) => has(e, 'request') === bundleIs(place, 'batch', 'transaction', 'history'))],
  [`entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' or %resource.type = 'history'))`,
    (n, place) => itemsOf(n, 'entry').every((e) => has(e, 'response') === bundleIs(place, 'batch-response', 'transaction-response', 'history'))],
  [`(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()`,
    (n) => oneOf(n, 'type', 'history') || isDistinct(itemsOf(n, 'entry').filter((e) => has(e, 'fullUrl')).map((e) => `${textOf(e, 'fullUrl') ?? ''}${textOf(part(part(e, 'resource'), 'meta'), 'versionId') ?? ''}`))],
  [`type = 'document' implies (identifier.system.exists() and identifier.value.exists())`,
    (n) => !oneOf(n, 'type', 'document') || (part(n, 'identifier') !== undefined && has(part(n, 'identifier') as Node, 'system') && has(part(n, 'identifier') as Node, 'value'))],
  [`type = 'document' implies (timestamp.hasValue())`, (n) => !oneOf(n, 'type', 'document') || n['timestamp'] !== undefined],
  [`type = 'document' implies entry.first().resource.is(Composition)`, (n) => !oneOf(n, 'type', 'document') || textOf(part(itemsOf(n, 'entry')[0], 'resource'), 'resourceType') === 'Composition'],
  [`type = 'message' implies entry.first().resource.is(MessageHeader)`, (n) => !oneOf(n, 'type', 'message') || textOf(part(itemsOf(n, 'entry')[0], 'resource'), 'resourceType') === 'MessageHeader'],
  ['resource.exists() or request.exists() or response.exists()', (n) => has(n, 'resource') || has(n, 'request') || has(n, 'response')],
  [`fullUrl.contains('/_history/').not()`, (n) => textOf(n, 'fullUrl')?.includes('/_history/') !== true],
  // CarePlan, CareTeam
  ['detail.empty() or reference.empty()', (n) => !has(n, 'detail') || !has(n, 'reference')],
  ['onBehalfOf.exists() implies (member.resolve().iif(empty(), true, ofType(Practitioner).exists()))', (n, place) => !has(n, 'onBehalfOf') || isPractitioner(part(n, 'member'), place)],
  // Composition, List
  ['text.exists() or entry.exists() or section.exists()', (n) => has(n, 'text') || has(n, 'entry') || has(n, 'section')],
  ['emptyReason.empty() or entry.empty()', (n) => !has(n, 'emptyReason') || !has(n, 'entry')],
  [`mode = 'changes' or entry.deleted.empty()`, (n) => oneOf(n, 'mode', 'changes') || itemsOf(n, 'entry').every((e) => !has(e, 'deleted'))],
  [`mode = 'working' or entry.date.empty()`, (n) => oneOf(n, 'mode', 'working') || itemsOf(n, 'entry').every((e) => !has(e, 'date'))],
  // Condition
  [`abatement.empty() or clinicalStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-clinical' and (code='resolved' or code='remission' or code='inactive')).exists()`,
    (n) => !hasChoice(n, 'abatement') || hasCode(part(n, 'clinicalStatus'), 'http://terminology.hl7.org/CodeSystem/condition-clinical', ...ENDED)],
  [`verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code='entered-in-error').empty() or clinicalStatus.empty()`,
    (n) => !hasCode(part(n, 'verificationStatus'), 'http://terminology.hl7.org/CodeSystem/condition-ver-status', 'entered-in-error') || !has(n, 'clinicalStatus')],
  ['summary.exists() or assessment.exists()', (n) => has(n, 'summary') || has(n, 'assessment')],
  ['code.exists() or detail.exists()', (n) => has(n, 'code') || has(n, 'detail')],
  // Consent: the system 'something' is what the standard says
  ['policy.exists() or policyRule.exists()', (n) => has(n, 'policy') || has(n, 'policyRule')],
  ...['patient-privacy', 'research', 'adr', 'treatment'].map((code) => [`patient.exists() or scope.coding.where(system='something' and code='${code}').exists().not()`, isPatientOrScope(code)] as const),
  // FamilyMemberHistory, Goal, Group
  ['age.empty() or born.empty()', (n) => !hasChoice(n, 'age') || !hasChoice(n, 'born')],
  ['age.exists() or estimatedAge.empty()', (n) => hasChoice(n, 'age') || !has(n, 'estimatedAge')],
  ['(detail.exists() and measure.exists()) or detail.exists().not()', (n) => !hasChoice(n, 'detail') || has(n, 'measure')],
  ['member.empty() or (actual = true)', (n) => !has(n, 'member') || n['actual'] === true],
  // Immunization, ImmunizationRecommendation
  ['documentType.exists() or reference.exists()', (n) => has(n, 'documentType') || has(n, 'reference')],
  ['vaccineCode.exists() or targetDisease.exists()', (n) => has(n, 'vaccineCode') || has(n, 'targetDisease')],
  // Medication…
  ['dose.exists() or rate.exists()', (n) => has(n, 'dose') || hasChoice(n, 'rate')],
  ['whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared', (n) => notLater(n, 'whenPrepared', 'whenHandedOver')],
  // Observation
  ['dataAbsentReason.empty() or value.empty()', (n) => n['dataAbsentReason'] === undefined || !hasChoice(n, 'value')],
  ['value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()', (n, place) => n['component'] === undefined || !hasChoice(n, 'value') || !repeatsCode(n, place)],
  ['low.exists() or high.exists() or text.exists()', (n) => has(n, 'low') || has(n, 'high') || has(n, 'text')],
  // Organization
  ['(identifier.count() + name.count()) > 0', (n) => has(n, 'identifier') || has(n, 'name')],
  [`where(use = 'home').empty()`, (n) => !oneOf(n, 'use', 'home')],
  // Parameters
  ['(part.exists() and value.empty() and resource.empty()) or (part.empty() and (value.exists() xor resource.exists()))',
    (n) => (has(n, 'part') ? !hasChoice(n, 'value') && !has(n, 'resource') : hasChoice(n, 'value') !== has(n, 'resource'))],
  // Patient
  ['name.exists() or telecom.exists() or address.exists() or organization.exists()', (n) => has(n, 'name') || has(n, 'telecom') || has(n, 'address') || has(n, 'organization')],
  // RequestGroup
  ['resource.exists() != action.exists()', (n) => has(n, 'resource') !== has(n, 'action')],
  // RiskAssessment
  ['probability is decimal implies (probability as decimal) <= 100', (n) => (numberOf(n['probabilityDecimal']) ?? 0) <= 100],
  // ServiceRequest
  ['orderDetail.empty() or code.exists()', (n) => !has(n, 'orderDetail') || has(n, 'code')],
  // Task
  ['lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn', (n) => notLater(n, 'authoredOn', 'lastModified')],
])

/** Observation obs-7: a component repeats the observation's own code while the observation has a value. */
function repeatsCode(observation: Node, place: Place): boolean {
  const codings = itemsOf(part(place.resource, 'code'), 'coding')
  return itemsOf(observation, 'component').some((c) => itemsOf(part(c, 'code'), 'coding').some((coding) => codings.some((other) => same(coding, other))))
}

/** CareTeam ctm-1: who acts on behalf of somebody is a Practitioner, as far as the reference tells. */
function isPractitioner(member: Node | undefined, place: Place): boolean {
  const type = member === undefined ? undefined : typeOfReference(member, place.container, place.bundle)
  return type === undefined || type === 'Practitioner'
}

/** dom-3: every contained resource is pointed at from somewhere in the resource, or points back at it with '#'. */
function areContainedReferenced(resource: Node): boolean {
  const pointers = new Set<string>()
  collectPointers(resource, pointers)
  return itemsOf(resource, 'contained').every((c) => {
    if (pointers.has(`#${textOf(c, 'id')}`)) return true
    const own = new Set<string>()
    collectPointers(c, own)
    return own.has('#')
  })
}
/** Texts that begin with '#', wherever they stand: only references, canonicals and addresses do. */
function collectPointers(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) into.add(value)
  } else if (typeof value === 'object' && value !== null) for (const key in value) collectPointers((value as Node)[key], into)
}
