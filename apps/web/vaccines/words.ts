/** Vaccines in words: a dose's name, its day as far as it is known, and what stands beside it. Pure. */
import { LOCALES } from '@bairn/knowledge'
import { vaccineName, type Plan, type VaccineDose } from '@bairn/plan'
import type { Day, PartialDay } from '@bairn/quantities'
import type { Messages } from '../i18n/messages.tsx'
import type { RecordedDose } from './record.ts'

/** 'pentavalent': as the schedule understood it, else by its own code, else as it was written down. */
export function recordedName({ id, code, name }: RecordedDose, plan: Pick<Plan, 'vaccines'>, { say }: Pick<Messages, 'say'>): string {
  const understood = plan.vaccines?.doses.find((dose) => dose.id === id)?.vaccine
  return understood?.code === undefined ? say(vaccineName(code ?? '', name)) : say(vaccineName(understood.code, understood.name))
}
export const judgedName = ({ vaccine: { code, name } }: VaccineDose, { say }: Pick<Messages, 'say'>): string => say(vaccineName(code ?? '', name))

/** '23 Nov 2026', 'November 2026', '2026', or that no day is known. */
export function whenText(when: PartialDay | undefined, { date, t, language }: Pick<Messages, 'date' | 't' | 'language'>): string {
  if (when === undefined) return t('vaccines.noDay')
  if (when.precision === 'day') return date(when.earliest, 'shortYear')
  const at = new Date(when.earliest * MS_PER_DAY)
  return new Intl.DateTimeFormat(LOCALES[language], { year: 'numeric', ...(when.precision === 'month' ? { month: 'long' } : {}), timeZone: 'UTC' }).format(at)
}
const MS_PER_DAY = 86_400_000

/** Days between which it was given. */
export const spanText = (given: { readonly earliest: Day; readonly latest: Day }, { date, t }: Pick<Messages, 'date' | 't'>): string =>
  given.earliest === given.latest ? date(given.earliest, 'shortYear') : t('vaccines.between', { from: { day: given.earliest }, to: { day: given.latest } })

/** Lot, arm or leg, and from where it is known, as far as they were written down. */
export const besideDose = ({ lot, site, from }: RecordedDose, { t }: Pick<Messages, 't'>): readonly string[] => [
  ...(lot === undefined ? [] : [t('vaccines.lot', { lot: { text: lot } })]),
  ...(site === undefined ? [] : [t('vaccines.site', { site: { code: site } })]),
  ...(from === undefined ? [] : [t('vaccines.from', { from: { code: from } })]),
]
