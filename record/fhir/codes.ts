/**
 * One table of what Bairn accepts and writes in FHIR R4: systems, codes, units. Browser-safe: data and look-ups only.
 * Marks of the source: R4 core definitions, SYN Synthea, DAK and IMMZ (WHO dictionaries), CCC (WHO guide for children),
 * ET Ethiopia, ID Indonesia, NL, SG Kenya, USC US Core, RCPCH, O3 OpenMRS; [R] recalled and not seen in a source.
 * Matching is on system and code together, never on code or display alone; what was sent is kept as sent.
 */
import type { Finding, MeasurementKind, PlanIndicator } from '@bairn/plan'

export const LOINC = 'http://loinc.org'
export const SNOMED = 'http://snomed.info/sct'
export const UCUM = 'http://unitsofmeasure.org'
export const CIEL = 'https://cielterminology.org'
export const CCC = 'https://smart.who.int/ccc/CodeSystem/Ccc-custom-codes'
export const DATA_ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'
const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor'
export const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'
export const ROLE_CODE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'
export const DATA_OPERATION = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation'
export const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'

/** Bairn's own systems, used only where no standard code was seen. */
export const BAIRN_OBSERVATION = 'urn:bairn:observation'
export const BAIRN_ANSWER = 'urn:bairn:answer'
export const BAIRN_NEED = 'urn:bairn:need'
export const BAIRN_RESPONSE = 'urn:bairn:response-reason'
export const BAIRN_ADVERSE_EVENT = 'urn:bairn:adverse-event'
export const BAIRN_NOT_GIVEN = 'urn:bairn:not-given'
export const BAIRN_RULE = 'urn:bairn:rule'
/** stated, recalled, policy: the last two await a clinician */
export const BAIRN_EVIDENCE = 'urn:bairn:evidence'
export const BAIRN_ISSUE = 'urn:bairn:issue'
export const BAIRN_EDITION = 'urn:bairn:growth-edition'
export const BAIRN_CARD = 'urn:bairn:child-card-number'

export const EXTENSION = {
  bodyPosition: 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition',
  replaces: 'http://hl7.org/fhir/StructureDefinition/observation-replaces',
  eventLocation: 'http://hl7.org/fhir/StructureDefinition/event-location',
  dataAbsent: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
  birthPlace: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
  birthTime: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
  birthSex: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex',
  dateAccuracy: ['http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator', 'https://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator'],
  /** any of these, unless false, makes the birth date an estimate (Ethiopia, Zimbabwe, WHO's CCC and its older home) */
  estimatedBirth: [
    'http://fhir.et/core/StructureDefinition/dob-estimated', 'http://mohcc.gov.zw/fhir/lab/StructureDefinition/date-of-birth-estimated',
    'https://smart.who.int/ccc/StructureDefinition/birthDateEstimator', 'https://smart.who.int/ccc/StructureDefinition/birthdateestimator',
    'https://fhir.dk.swisstph-mis.ch/matchbox/fhir/StructureDefinition/birthDateEstimator', 'https://fhir.dk.swisstph-mis.ch/matchbox/fhir/StructureDefinition/birthdateestimator',
  ],
  /** ours: `earliest` and `latest` inside it bound the guess */
  birthEstimate: 'urn:bairn:birth-date-estimate',
  /** ours, on a Task: the item stays hidden until this day */
  hiddenUntil: 'urn:bairn:hidden-until',
  /** ours, on a Practitioner who entered a name at first use: nobody has checked it */
  unverified: 'urn:bairn:unverified',
  /** ours, on an Immunization copied from a card: the country in which it was given */
  givenIn: 'urn:bairn:given-in',
  /** ours, on a CarePlan and its activities: what the plan stands on, how pressing an item is and the day it is due */
  urgency: 'urn:bairn:urgency', due: 'urn:bairn:due', edition: 'urn:bairn:edition', engine: 'urn:bairn:engine', place: 'urn:bairn:place', profile: 'urn:bairn:profile',
} as const

export type ObservationKind = MeasurementKind | Finding['kind'] | 'gestation'
/** `birth`: measured at birth, whatever day it was written down. `estimated`: not measured. */
export type Meaning = 'lying' | 'standing' | 'estimated' | 'birth'
export type OwnUnit = 'kg' | 'cm' | 'mm' | 'd'

export interface AcceptedCode { readonly system: string; readonly code: string; readonly means?: Meaning }
export interface WrittenCoding { readonly system: string; readonly code: string; readonly display: string }
export interface Mapping {
  readonly kind: ObservationKind
  readonly accept: readonly AcceptedCode[]
  readonly write: readonly WrittenCoding[]
  readonly category: 'vital-signs' | 'exam'
  /** numbers only; `possible` is what a child can be at all, to refuse typing errors: it is no clinical limit */
  readonly quantity?: { readonly unit: OwnUnit; readonly possible: { readonly from: number; readonly to: number } }
  /** words that a display of this kind carries; a display with another kind's words alone contradicts its code */
  readonly words?: RegExp
}

const loinc = (code: string, means?: Meaning): AcceptedCode => ({ system: LOINC, code, ...(means === undefined ? {} : { means }) })
const snomed = (code: string, means?: Meaning): AcceptedCode => ({ system: SNOMED, code, ...(means === undefined ? {} : { means }) })
const ciel = (code: string, means?: Meaning): AcceptedCode => ({ system: CIEL, code, ...(means === undefined ? {} : { means }) })
const ccc = (code: string): AcceptedCode => ({ system: CCC, code })
const own = (code: string): AcceptedCode => ({ system: BAIRN_OBSERVATION, code })

export const CODE = {
  weight: { system: LOINC, code: '29463-7', display: 'Body weight' },
  weightMeasured: { system: LOINC, code: '3141-9', display: 'Body weight Measured' },
  weightEstimated: { system: LOINC, code: '8335-2', display: 'Body weight Estimated' },
  birthWeight: { system: LOINC, code: '8339-4', display: 'Birth weight Measured' },
  height: { system: LOINC, code: '8302-2', display: 'Body height' },
  lying: { system: LOINC, code: '8306-3', display: 'Body height --lying' },
  standing: { system: LOINC, code: '8308-9', display: 'Body height --standing' },
  head: { system: LOINC, code: '9843-4', display: 'Head Occipital-frontal circumference' },
  muac: { system: SNOMED, code: '284473002', display: 'Mid upper arm circumference' },
  triceps: { system: SNOMED, code: '301851003', display: 'Triceps skinfold thickness' },
  tricepsOwn: { system: BAIRN_OBSERVATION, code: 'tricepsSkinfold', display: 'Triceps skinfold thickness' },
  subscapularOwn: { system: BAIRN_OBSERVATION, code: 'subscapularSkinfold', display: 'Subscapular skinfold thickness' },
  oedema: { system: SNOMED, code: '829986000', display: 'Oedema of bilateral feet' },
  appetite: { system: SNOMED, code: '709263008', display: 'Assessment of appetite' },
  complication: { system: BAIRN_OBSERVATION, code: 'complication', display: 'Any general danger sign or severe classification' },
  breastfeeding: { system: BAIRN_OBSERVATION, code: 'breastfeedingDifficulty', display: 'Difficulty breastfeeding observed' },
  vaccineReaction: { system: BAIRN_OBSERVATION, code: 'vaccineReaction', display: 'Severe reaction after an earlier vaccine' },
  gestation: { system: LOINC, code: '76516-4', display: 'Gestational age --at birth' },
} as const satisfies Readonly<Record<string, WrittenCoding>>

export const MAPPINGS: readonly Mapping[] = [
  {
    kind: 'weight', category: 'vital-signs', quantity: { unit: 'kg', possible: { from: 0.2, to: 350 } }, words: /weight|poids|peso|وزن/i,
    // R4 SYN SG ID; 3141-9 and 8335-2 DAK; CIEL O3; birth weight IMMZ SG, CIEL 5916 in a public program
    accept: [loinc('29463-7'), loinc('3141-9'), loinc('8335-2', 'estimated'), snomed('27113001'), snomed('363808001'), ciel('5089'), ccc('Ccc.B6.DE06'), loinc('8339-4', 'birth'), ciel('5916', 'birth')],
    write: [CODE.weight, CODE.weightMeasured],
  },
  {
    kind: 'length', category: 'vital-signs', quantity: { unit: 'cm', possible: { from: 15, to: 260 } }, words: /length|height|taille|talla|stature|estatura|طول/i,
    // 8306-3 EX, 8308-9 DAK NL ID, 8302-2 R4 SYN, the 31xx and 8301-4 from the R6 value set, 89269-5 HL7 Germany; SNOMED DAK
    accept: [
      loinc('8306-3', 'lying'), snomed('1149101003', 'lying'), loinc('8308-9', 'standing'), snomed('248333004', 'standing'), loinc('8302-2'), loinc('3137-7'),
      loinc('3138-5', 'estimated'), loinc('8301-4', 'estimated'), snomed('1153637007'), snomed('50373000'), ciel('5090'), loinc('89269-5', 'birth'),
    ],
    write: [CODE.height],
  },
  {
    kind: 'headCircumference', category: 'vital-signs', quantity: { unit: 'cm', possible: { from: 10, to: 80 } }, words: /head|occipit|cr[âa]n|cef[áa]l|رأس/i,
    accept: [loinc('9843-4'), loinc('8287-5'), snomed('363812007'), ciel('5314')], // R4 ET USC; ID; RCPCH; O3
    write: [CODE.head],
  },
  {
    kind: 'muac', category: 'vital-signs', quantity: { unit: 'mm', possible: { from: 30, to: 700 } }, words: /arm|muac|brachial|brazo|bra[çc]o|عضد|ذراع/i,
    // DAK ET ID. 56072-2 names the right arm, so it is read and not written: field practice is the left [R]
    accept: [snomed('284473002'), loinc('56072-2'), ciel('1343'), ccc('Ccc.B6.DE17')],
    write: [CODE.muac],
  },
  { kind: 'tricepsSkinfold', category: 'vital-signs', quantity: { unit: 'mm', possible: { from: 0.5, to: 120 } }, words: /triceps/i, accept: [snomed('301851003'), own('tricepsSkinfold')], write: [CODE.tricepsOwn, CODE.triceps] },
  { kind: 'subscapularSkinfold', category: 'vital-signs', quantity: { unit: 'mm', possible: { from: 0.5, to: 120 } }, words: /subscapular/i, accept: [own('subscapularSkinfold')], write: [CODE.subscapularOwn] },
  // DAK; 44966-0 ET
  { kind: 'oedema', category: 'exam', words: /(o)?edema|œdème|pitting|وذمة/i, accept: [snomed('829986000'), loinc('44966-0')], write: [CODE.oedema] },
  { kind: 'complication', category: 'exam', accept: [own('complication')], write: [CODE.complication] },
  { kind: 'appetite', category: 'exam', words: /appetite|app[ée]tit|شهية/i, accept: [snomed('709263008')], write: [CODE.appetite] }, // DAK
  { kind: 'vaccineReaction', category: 'exam', accept: [own('vaccineReaction')], write: [CODE.vaccineReaction] },
  { kind: 'breastfeedingDifficulty', category: 'exam', accept: [own('breastfeedingDifficulty')], write: [CODE.breastfeeding] },
  {
    kind: 'gestation', category: 'exam', quantity: { unit: 'd', possible: { from: 140, to: 315 } }, words: /gestation/i,
    // QI-Core; US vital records; 11885-1 in a public program. 49051-6 is the mother's own gestation and is not the child's
    accept: [loinc('76516-4'), loinc('11884-4'), loinc('11885-1')],
    write: [CODE.gestation],
  },
]

/** A z-score's code, and its centile's. SNOMED as DAK, Indonesia, Chile (z) and RCPCH (centile) have them; no LOINC z-score exists. */
export interface ScoreCodes { readonly text: string; readonly z: AcceptedCode; readonly centile?: AcceptedCode }
const SCORES: Readonly<Record<PlanIndicator, ScoreCodes & { readonly standing?: ScoreCodes }>> = {
  weightForAge: { text: 'Weight-for-age z-score', z: snomed('1153593003'), centile: snomed('1153592008') },
  lengthHeightForAge: {
    text: 'Length-for-age z-score', z: snomed('1153590000'), centile: snomed('1153591001'),
    standing: { text: 'Height-for-age z-score', z: snomed('1153604005'), centile: snomed('1153605006') },
  },
  weightForLengthHeight: { text: 'Weight-for-length z-score', z: snomed('1153598007'), standing: { text: 'Weight-for-height z-score', z: snomed('1153600001') } },
  bmiForAge: { text: 'BMI-for-age z-score', z: snomed('1153596006'), centile: snomed('1153602009') },
  headCircumferenceForAge: { text: 'Head circumference-for-age z-score', z: snomed('1153594009'), centile: snomed('1153595005') },
  armCircumferenceForAge: { text: 'Mid-upper arm circumference-for-age z-score', z: own('armCircumferenceForAge') },
  tricepsSkinfoldForAge: { text: 'Triceps skinfold-for-age z-score', z: own('tricepsSkinfoldForAge') },
  subscapularSkinfoldForAge: { text: 'Subscapular skinfold-for-age z-score', z: own('subscapularSkinfoldForAge') },
}
export const scoreCodesOf = (indicator: PlanIndicator, position: 'lying' | 'standing' | undefined): ScoreCodes =>
  (position === 'standing' ? SCORES[indicator].standing : undefined) ?? SCORES[indicator]

/** What an answer means; the appetite test's own three, the grades of oedema, and yes, no, cannot tell for all. */
export type AnswerCode = 'yes' | 'no' | 'cannotTell' | 'notAsked' | 'notAvailable' | 'pass' | 'fail' | 'grade1' | 'grade2' | 'grade3'

const ANSWERS: readonly (readonly [string, string, AnswerCode])[] = [
  [BAIRN_ANSWER, 'yes', 'yes'], [BAIRN_ANSWER, 'no', 'no'], [BAIRN_ANSWER, 'none', 'no'], [BAIRN_ANSWER, 'present', 'yes'],
  [BAIRN_ANSWER, '+', 'grade1'], [BAIRN_ANSWER, '++', 'grade2'], [BAIRN_ANSWER, '+++', 'grade3'],
  [BAIRN_ANSWER, 'pass', 'pass'], [BAIRN_ANSWER, 'fail', 'fail'],
  [LOINC, '72071-4', 'yes'], [SNOMED, '161980004', 'no'], // ET, oedema present and none
  [SNOMED, '161825005', 'pass'], [SNOMED, '64379006', 'fail'], // DAK, appetite normal and decreased
  [CCC, 'Ccc.B22.DE24', 'pass'], [CCC, 'Ccc.B22.DE25', 'fail'], [CCC, 'Ccc.B22.DE26', 'notAvailable'],
  [SNOMED, '373066001', 'yes'], [SNOMED, '373067005', 'no'], [LOINC, 'LA33-6', 'yes'], [LOINC, 'LA32-8', 'no'], // [R]
  ['http://terminology.hl7.org/CodeSystem/v2-0136', 'Y', 'yes'], ['http://terminology.hl7.org/CodeSystem/v2-0136', 'N', 'no'], // R4
  ...absentReasons(DATA_ABSENT, ['not-asked'], ['not-performed', 'error'], ['asked-unknown', 'asked-declined', 'unknown', 'temp-unknown', 'masked', 'not-applicable', 'unsupported', 'as-text', 'not-permitted', 'not-a-number']),
  ...absentReasons(NULL_FLAVOR, ['NASK'], [], ['ASKU', 'UNK', 'NI', 'NAV', 'MSK', 'NA', 'OTH']),
]

function absentReasons(system: string, notAsked: readonly string[], notAvailable: readonly string[], cannotTell: readonly string[]): readonly (readonly [string, string, AnswerCode])[] {
  return [
    ...notAsked.map((code) => [system, code, 'notAsked'] as const),
    ...notAvailable.map((code) => [system, code, 'notAvailable'] as const),
    ...cannotTell.map((code) => [system, code, 'cannotTell'] as const),
  ]
}

const answers = new Map(ANSWERS.map(([system, code, answer]) => [`${system}|${code}`, answer]))
export const findAnswer = (system: string, code: string): AnswerCode | undefined => answers.get(`${knownSystem(system)}|${code}`)

const accepted = new Map(MAPPINGS.flatMap((mapping) => mapping.accept.map((entry) => [`${entry.system}|${entry.code}`, { mapping, entry }] as const)))
const acceptedCodes = new Set(MAPPINGS.flatMap((mapping) => mapping.accept.map((entry) => entry.code)))

/** What an Observation's code stands for, or undefined if it is none of ours. */
export const findMapping = (system: string, code: string): { readonly mapping: Mapping; readonly entry: AcceptedCode } | undefined =>
  accepted.get(`${knownSystem(system)}|${code}`)
/** Is this one of our codes, sent without its system? */
export const isKnownCode = (code: string): boolean => acceptedCodes.has(code)
/** The mapping that Bairn writes for a kind. */
export const mappingOf = (kind: ObservationKind): Mapping => MAPPINGS.find((mapping) => mapping.kind === kind) as Mapping

/** One spelling of the systems that are seen in several. */
export function knownSystem(system: string): string {
  if (/^https?:\/\/cielterminology\.org\/?$/i.test(system)) return CIEL
  return system === 'https://smart.who.int/ccc//CodeSystem/Ccc-custom-codes' ? CCC : system
}

/** Units written as words, seen where the UCUM code is missing; accepted with an Issue. */
const UNIT_WORDS: Readonly<Record<string, string>> = {
  kg: 'kg', kgs: 'kg', kilogram: 'kg', kilograms: 'kg', kilo: 'kg', kilos: 'kg', g: 'g', gm: 'g', gram: 'g', grams: 'g', lb: '[lb_av]', lbs: '[lb_av]', pound: '[lb_av]', pounds: '[lb_av]',
  cm: 'cm', centimeter: 'cm', centimeters: 'cm', centimetre: 'cm', centimetres: 'cm', mm: 'mm', millimeter: 'mm', millimeters: 'mm', millimetre: 'mm', millimetres: 'mm', m: 'm', meter: 'm', metre: 'm',
  in: '[in_i]', inch: '[in_i]', inches: '[in_i]', wk: 'wk', week: 'wk', weeks: 'wk', d: 'd', day: 'd', days: 'd',
}
/** 'Kilograms' is 'kg'; undefined if the word is not known. */
export const findUnitWord = (text: string): string | undefined => {
  const word = text.trim().toLowerCase()
  return Object.hasOwn(UNIT_WORDS, word) ? UNIT_WORDS[word] : undefined
}

/** Is the check digit right? LOINC: Mod 10 behind the dash; SNOMED CT: Verhoeff over all digits. Other systems have none. */
export function hasRightCheckDigit(system: string, code: string): boolean {
  if (system === LOINC && /^\d+-\d$/.test(code)) return mod10(code.slice(0, -2)) === Number(code.at(-1))
  if (system === SNOMED && /^\d{6,18}$/.test(code)) return verhoeff(code) === 0
  return true
}

function mod10(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10
}

/** The dihedral group D5 by arithmetic, and the permutation of each place: 0 for a right number. */
function verhoeff(digits: string): number {
  return [...digits].reverse().reduce((check, digit, index) => {
    let value = Number(digit)
    for (let turn = index % 8; turn > 0; turn -= 1) value = Number('1576283094'[value])
    return dihedral(check, value)
  }, 0)
}

const dihedral = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b - 5) % 5)) : b < 5 ? 5 + ((a - 5 - b + 5) % 5) : (a - b + 5) % 5
