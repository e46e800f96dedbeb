/**
 * Twelve children who never lived, each a story. Ages are in days and the last visit is `seen` days before the day of loading, so the
 * stories stay fresh. Measures follow z-score lines of the WHO standards (2006) and reference (2007) that fit the story; the z-scores
 * at the last visit stand beside it. Lying under two years, standing from then on.
 */
import type { Sex } from '@bairn/quantities'
import type { PlaceName } from './places.ts'

export type StoryName =
  | 'severeWasting' | 'oedemaNormalWeight' | 'stuntedOverweight' | 'obeseAtNine' | 'preterm' | 'infantLosingWeight'
  | 'typingError' | 'unknownBirthDate' | 'well' | 'twin' | 'teenager' | 'feetNotChecked'

export interface Story {
  readonly story: StoryName
  readonly id: string
  readonly place: PlaceName
  readonly name: string
  readonly sex: Sex
  readonly mother: string
  readonly village: string
  readonly phone: string
  readonly card: string
  readonly birthDate: 'exact' | 'unknown'
  /** 1 is the first of twins */
  readonly birthOrder?: number
  /** days of pregnancy at birth */
  readonly gestation?: number
  readonly birthGrams?: number
  /** days since the last visit */
  readonly seen: number
  /** oldest first */
  readonly visits: readonly Visit[]
  readonly vaccines?: readonly Vaccination[]
}

/** Vaccines of one day. `abroad`: read from a card of that country, in the code that stands there. */
export interface Vaccination {
  /** age in days */
  readonly age: number
  /** CVX codes, or ATC codes from a card */
  readonly given: readonly string[]
  readonly abroad?: string
  readonly notGiven?: { readonly vaccine: string; readonly reason: 'outOfStock' | 'declined' | 'deferred' }
}

export interface Visit {
  /** age in days */
  readonly age: number
  readonly kg?: number
  readonly cm?: number
  readonly head?: number
  /** mid-upper arm, mm */
  readonly arm?: number
  /** oedema of both feet */
  readonly feet?: 'no' | '+' | '++' | '+++'
  /** any danger sign or severe classification */
  readonly danger?: 'yes' | 'no'
  readonly appetite?: 'pass' | 'fail'
  readonly breastfeedingDifficulty?: 'yes' | 'no'
  /** what was typed first and corrected an hour later */
  readonly kgFirstTyped?: number
}

// What the clinics of these stories give, by CVX: BCG 19, OPV 02, IPV 10, fractional IPV 324, pentavalent 198, PCV10 177, rotavirus 119,
// measles-rubella 04, measles 05, MMR 03, yellow fever 37, hepatitis B 08, DTP 01, DT 28, Hib 17, HPV 62. Invented histories.
const kenya = (ages: readonly [number, number, number]): readonly Vaccination[] => [
  { age: 0, given: ['19', '02'] },
  { age: ages[0], given: ['198', '02', '177', '119'] }, { age: ages[1], given: ['198', '02', '177', '119'] }, { age: ages[2], given: ['198', '02', '177', '119', '10'] },
]

const looked = { feet: 'no', danger: 'no' } as const

export const STORIES: readonly Story[] = [
  {
    story: 'severeWasting', id: 'akinyi', place: 'kenya', name: 'Akinyi Otieno', sex: 'female', mother: 'Mercy Otieno', village: 'Ahero', phone: '+254 700 555 014', card: 'AH-0214', birthDate: 'exact', birthGrams: 2900, seen: 0,
    visits: [
      { age: 45, kg: 4.4, cm: 54.2 }, { age: 107, kg: 5.8, cm: 59.3 }, { age: 198, kg: 6.5, cm: 64.2, head: 41.9, arm: 133, ...looked },
      { age: 289, kg: 6.9, cm: 67.9, head: 43.2, arm: 128, ...looked }, { age: 370, kg: 6.8, cm: 70.6, head: 44, arm: 121, ...looked },
      { age: 430, kg: 6.4, cm: 72.5, head: 44.4, arm: 112, ...looked, appetite: 'pass' }, // weight-for-length -3.5
    ],
    vaccines: [...kenya([45, 73, 107]), { age: 289, given: ['04'] }],
  },
  {
    story: 'teenager', id: 'chebet', place: 'kenya', name: 'Chebet Kiprono', sex: 'female', mother: 'Rose Kiprono', village: 'Awasi', phone: '+254 700 555 027', card: 'AH-1107', birthDate: 'exact', seen: 20,
    visits: [{ age: 4440, kg: 33.3, cm: 148.7 }, { age: 4805, kg: 35.5, cm: 152.9 }, { age: 5200, kg: 36.6, cm: 156.2 }], // BMI-for-age -2.4
    vaccines: [...kenya([44, 75, 103]), { age: 276, given: ['04'] }, { age: 552, given: ['04'] }, { age: 3800, given: ['62'] }, { age: 4440, given: ['62'] }],
  },
  {
    story: 'oedemaNormalWeight', id: 'moussa', place: 'niger', name: 'Moussa Issoufou', sex: 'male', mother: 'Hadiza Issoufou', village: 'Mirriah', phone: '+227 90 55 50 31', card: 'MI-0388', birthDate: 'exact', seen: 0,
    visits: [
      { age: 300, kg: 8.1, cm: 70.8, head: 45.1, arm: 142, ...looked }, { age: 480, kg: 9.2, cm: 76.9, head: 46.6, arm: 140, ...looked },
      { age: 700, kg: 10, cm: 82.7, head: 47.6, arm: 140, ...looked }, { age: 796, kg: 10.9, cm: 84.2, head: 48, arm: 138, feet: '++', danger: 'no', appetite: 'pass' }, // weight-for-height would be -0.6
    ],
    // Born in Nigeria: the card has ATC codes.
    vaccines: [
      { age: 1, given: ['J07AN01', 'J07BF02', 'J07BC01'], abroad: 'NG' }, { age: 44, given: ['J07CA11', 'J07BF02', 'J07AL02'], abroad: 'NG' },
      { age: 74, given: ['J07CA11', 'J07BF02', 'J07AL02'], abroad: 'NG' }, { age: 300, given: ['05', '37'] },
    ],
  },
  {
    story: 'unknownBirthDate', id: 'zeinabou', place: 'niger', name: 'Zeinabou Abdou', sex: 'female', mother: 'Rakia Abdou', village: 'Droum', phone: '+227 90 55 50 44', card: 'MI-0412', birthDate: 'unknown', seen: 0,
    visits: [{ age: 640, kg: 8.4, cm: 78.8, arm: 121, ...looked }],
  },
  {
    story: 'stuntedOverweight', id: 'tanvir', place: 'bangladesh', name: 'Tanvir Hasan', sex: 'male', mother: 'Shirin Akter', village: 'Ulipur', phone: '+880 1700 555 018', card: 'UL-0771', birthDate: 'exact', birthGrams: 2400, seen: 12,
    visits: [
      { age: 120, kg: 7.5, cm: 61.3 }, { age: 300, kg: 9, cm: 68.8, head: 45.4, arm: 154, ...looked }, { age: 560, kg: 11.5, cm: 76.4, head: 47.7, arm: 168, ...looked },
      { age: 780, kg: 12.9, cm: 80.6, head: 48.7, arm: 174, ...looked }, { age: 1010, kg: 14.4, cm: 84.9, head: 49.5, arm: 179, ...looked }, // height-for-age -2.6, weight-for-height +2.5
    ],
    // Vaccinated in India until he was ten months old, by the card from there.
    vaccines: [
      { age: 0, given: ['19', '02', '08'], abroad: 'IN' }, { age: 46, given: ['198', '02', '324', '119', '177'], abroad: 'IN' }, { age: 77, given: ['198', '02', '119'], abroad: 'IN' },
      { age: 120, given: ['198', '02', '324', '119', '177'], abroad: 'IN' }, { age: 300, given: ['04', '177'], abroad: 'IN' }, { age: 560, given: ['04'] },
    ],
  },
  {
    story: 'typingError', id: 'nusrat', place: 'bangladesh', name: 'Nusrat Jahan', sex: 'female', mother: 'Rehana Begum', village: 'Chilmari', phone: '+880 1700 555 036', card: 'UL-0815', birthDate: 'exact', seen: 0,
    visits: [
      { age: 60, kg: 4.9, cm: 56.2 }, { age: 190, kg: 6.7, cm: 64.8, head: 42, arm: 136, ...looked }, { age: 370, kg: 8.2, cm: 72.4, head: 44.5, arm: 141, ...looked },
      { age: 500, kg: 9, cm: 76.8, head: 45.4, arm: 143, ...looked, kgFirstTyped: 90 }, { age: 583, kg: 19.4, cm: 79.5, head: 45.9, arm: 144, ...looked }, // 9.4 was meant
    ],
    vaccines: [{ age: 2, given: ['19'] }, { age: 60, given: ['198', '02', '177', '324'] }, { age: 95, given: ['198', '02', '177'] }, { age: 190, given: ['198', '02', '177', '324'] }, { age: 370, given: ['04'] }],
  },
  {
    story: 'preterm', id: 'layan', place: 'jordan', name: 'ليان الخطيب', sex: 'female', mother: 'هبة الخطيب', village: 'المفرق', phone: '+962 79 555 0122', card: 'MF-0093', birthDate: 'exact', gestation: 226, birthGrams: 1780, seen: 5,
    visits: [
      { age: 30, kg: 2.4, cm: 46, head: 32.6 }, { age: 75, kg: 3.5, cm: 51.2, head: 35.8 },
      { age: 140, kg: 5.5, cm: 59.6, head: 39.4, ...looked, breastfeedingDifficulty: 'no' }, // corrected age 86 days: weight-for-age -0.3
    ],
    vaccines: [{ age: 30, given: ['19', '08'] }, { age: 75, given: ['146', '119'] }],
  },
  {
    story: 'feetNotChecked', id: 'sami', place: 'jordan', name: 'سامي الحوراني', sex: 'male', mother: 'منى الحوراني', village: 'الزعتري', phone: '+962 79 555 0187', card: 'MF-0120', birthDate: 'exact', seen: 0,
    visits: [
      { age: 185, kg: 7.5, cm: 67.1, head: 43.4, arm: 143 }, { age: 370, kg: 8.9, cm: 75, head: 46.1, arm: 142 }, { age: 520, kg: 9.2, cm: 79.7, head: 47.1, arm: 135 },
      { age: 675, kg: 9.3, cm: 83.9, head: 47.7, arm: 127, danger: 'no' }, // weight-for-length -2.4
    ],
    vaccines: [{ age: 3, given: ['19', '08'] }, { age: 62, given: ['146', '119'] }, { age: 123, given: ['146', '119'] }, { age: 185, given: ['146'] }, { age: 370, given: ['03'] }],
  },
  {
    story: 'well', id: 'mateo', place: 'peru', name: 'Mateo Quispe Mamani', sex: 'male', mother: 'Elena Mamani Ccori', village: 'Huancané', phone: '+51 951 555 016', card: 'HU-0340', birthDate: 'exact', birthOrder: 1, birthGrams: 2980, seen: 2,
    visits: [
      { age: 62, kg: 5.5, cm: 57.9 }, { age: 123, kg: 7, cm: 63.6 }, { age: 186, kg: 7.9, cm: 67.4, head: 43.5, arm: 146, ...looked },
      { age: 278, kg: 9, cm: 71.9, head: 45.2, arm: 149, ...looked }, { age: 369, kg: 9.7, cm: 75.7, head: 46.4, arm: 150, ...looked }, { age: 490, kg: 10.7, cm: 80.3, head: 47.3, arm: 152, ...looked },
    ],
    vaccines: [{ age: 1, given: ['19', '08'] }, { age: 62, given: ['198', '10', '119', '177'] }, { age: 123, given: ['198', '10', '119', '177'] }, { age: 186, given: ['198', '02'] }, { age: 369, given: ['03', '177'] }, { age: 490, given: ['37'] }],
  },
  {
    story: 'twin', id: 'lucia', place: 'peru', name: 'Lucía Quispe Mamani', sex: 'female', mother: 'Elena Mamani Ccori', village: 'Huancané', phone: '+51 951 555 016', card: 'HU-0341', birthDate: 'exact', birthOrder: 2, birthGrams: 2310, seen: 2,
    visits: [
      { age: 62, kg: 4.4, cm: 54.7 }, { age: 123, kg: 5.5, cm: 59.8 }, { age: 186, kg: 6.1, cm: 63.2, head: 41.5, arm: 133, ...looked },
      { age: 278, kg: 6.8, cm: 67.2, head: 42.9, arm: 131, ...looked }, { age: 369, kg: 7.2, cm: 70.8, head: 44, arm: 128, ...looked }, { age: 490, kg: 7.5, cm: 74.8, head: 44.8, arm: 124, ...looked }, // weight-for-length -2.2
    ],
    vaccines: [{ age: 1, given: ['19'] }, { age: 62, given: ['198', '10', '119', '177'] }, { age: 123, given: ['198', '10', '177'], notGiven: { vaccine: '119', reason: 'outOfStock' } }, { age: 186, given: ['198', '02'] }, { age: 369, given: ['03'], notGiven: { vaccine: '177', reason: 'outOfStock' } }],
  },
  {
    story: 'obeseAtNine', id: 'danylo', place: 'ukraine', name: 'Danylo Shevchenko', sex: 'male', mother: 'Iryna Shevchenko', village: 'Dykanka', phone: '+380 50 555 01 19', card: 'DY-0056', birthDate: 'exact', seen: 9,
    visits: [{ age: 1900, kg: 22.2, cm: 113.8 }, { age: 2300, kg: 26.5, cm: 121.2 }, { age: 2700, kg: 32.4, cm: 128.8 }, { age: 3050, kg: 39, cm: 134.9 }, { age: 3395, kg: 46.7, cm: 140.8 }], // BMI-for-age +2.7
    vaccines: [{ age: 1, given: ['08'] }, { age: 3, given: ['19'] }, { age: 62, given: ['198', '10'] }, { age: 124, given: ['01', '17', '10'] }, { age: 186, given: ['01', '02', '08'] }, { age: 370, given: ['03', '17'] }, { age: 550, given: ['01', '02'] }, { age: 2300, given: ['28', '02', '03'] }],
  },
  {
    story: 'infantLosingWeight', id: 'sofiia', place: 'ukraine', name: 'Sofiia Bondarenko', sex: 'female', mother: 'Olena Bondarenko', village: 'Mykhailivka', phone: '+380 50 555 01 42', card: 'DY-0061', birthDate: 'exact', gestation: 277, birthGrams: 3240, seen: 0,
    visits: [
      { age: 31, kg: 4.2, cm: 54, head: 36.6 }, { age: 62, kg: 5, cm: 57.2, head: 38.2 }, { age: 97, kg: 5.4, cm: 59.8, head: 39.6 },
      { age: 125, kg: 5.1, cm: 61.2, head: 40.3, ...looked, breastfeedingDifficulty: 'no' }, // 300 g lost in four weeks
    ],
    vaccines: [{ age: 1, given: ['08'] }, { age: 3, given: ['19'] }, { age: 62, given: ['198', '10'] }],
  },
]
