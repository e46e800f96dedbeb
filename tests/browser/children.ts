/** Rows of invented children for the page's own tests: every urgency, a missing sex, an estimated age, a long name, an Arabic name. */
import type { Day } from '@bairn/quantities'
import type { WorklistRow } from '../../apps/web/contract.ts'
import { row, TODAY } from './fixture.ts'

const ago = (days: number): Day => (TODAY - days) as Day
// The engines' own sentences come from the real server; here a text parameter carries the words.
const words = (text: string): { readonly key: string; readonly params: { readonly text: { readonly text: string } } } => ({ key: 'web.asWritten', params: { text: { text } } })

export const CHILDREN: readonly WorklistRow[] = [
  row('achieng', { name: 'Achieng Adhiambo', sex: 'female', birthDate: '2026-04-20', village: 'Kochogo', mother: 'Rose Adhiambo', urgency: 'urgent', title: words('Refer now'), reason: words('Weight fell 0.5 kg and both feet are swollen.'), spark: [-0.5, -0.8, -1.1, -1.8, -2.9], lastWeight: { kg: 5.4, day: TODAY }, lastVisit: TODAY }),
  row('baraka', { name: 'Baraka Otieno', sex: 'male', birthDate: '2025-05-23', village: 'Ahero town', mother: 'Grace Akinyi', urgency: 'actToday', title: words('Start supplementary feeding'), reason: words('Moderate wasting: weight-for-length z −2.4.'), more: 4, spark: [-0.4, -0.5, -1.2, -2.3], lastWeight: { kg: 8.5, day: TODAY }, lastVisit: TODAY }),
  row('zawadi', { name: 'Zawadi Atieno', sex: 'female', birthDate: '2026-02-10', village: 'Kakola', urgency: 'overdue', due: ago(36), title: words('Measure weight and length'), reason: words('Last weighed 14 August.'), more: 1, spark: [0.1, 0.1, 0.1, 0.1, 0.1], lastWeight: { kg: 8.3, day: ago(101) }, lastVisit: ago(101) }),
  row('twin', { name: 'Twin 1 of Mercy Anyango', sex: 'male', birthDate: '2025-12', birthEstimated: true, village: 'Ombeyi', mother: 'Mercy Anyango', urgency: 'overdue', due: ago(15), title: words('Measure weight'), spark: [-2.4, -2.2, -1.8, -1.4, -1.1, -0.9], lastWeight: { kg: 8.5, day: ago(52) }, lastVisit: ago(52) }),
  row('babyof', { name: 'Baby of Faith Awuor', sex: 'female', birthDate: '2026-09-14', village: 'Ahero town', mother: 'Faith Awuor', urgency: 'dueToday', due: TODAY, title: words('Measure weight, length and head'), reason: words('She is 10 weeks old.'), spark: [-0.3, -1, -0.8], lastWeight: { kg: 5, day: ago(28) }, lastVisit: ago(28) }),
  row('unknown', { name: 'Kiptoo', birthEstimated: true, urgency: 'notKnown', title: words('Ask when the child was born'), reason: words('No birth date is recorded; Bairn does not guess.'), lastVisit: ago(3) }),
  row('arabic', { name: 'عبد الرحمن بن محمد الطيب', sex: 'male', birthDate: '2025-07-20', village: 'أبشي', urgency: 'dueToday', due: TODAY, title: words('Measure weight and length'), spark: [0.3, 0.2], lastWeight: { kg: 11.35, day: ago(95) }, lastVisit: ago(95) }),
  row('long', { name: 'Wilhelmina Anyango Nyar-Ugenya Ochieng’-Bernadotte Konstantinopolou', sex: 'female', birthDate: '2019-01-20', village: 'Kakola Ombaka, near the second primary school', urgency: 'well', title: words('See again'), spark: [2.2, 2.4, 2.6], lastWeight: { kg: 38.2, day: ago(420) }, lastVisit: ago(420) }),
  row('emmanuel', { name: 'Emmanuel Ochieng', sex: 'male', birthDate: '2025-02-20', village: 'Kochogo', urgency: 'well', spark: [0.7, 0.75, 0.7, 0.7], lastWeight: { kg: 12.5, day: ago(7) }, lastVisit: ago(7) }),
]

/** `count` children of every urgency, for paging. */
export const manyChildren = (count: number): readonly WorklistRow[] =>
  Array.from({ length: count }, (_, at) => ({ ...(CHILDREN[at % CHILDREN.length] as WorklistRow), child: `c${at}`, name: `${(CHILDREN[at % CHILDREN.length] as WorklistRow).name} ${at + 1}` }))
