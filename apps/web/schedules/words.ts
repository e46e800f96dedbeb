/** Names and ages of schedules in words: countries, vaccine groups, vaccines, ages as an edition writes them. */
import { periodMessage, type ImmunizationEdition, type NumberedPeriod } from '@bairn/immunization'
import { formatParam, type ImmunizationEditionSummary, type Language } from '@bairn/knowledge'
import { groupName, vaccineName } from '@bairn/plan'
import { parseDay } from '@bairn/quantities'
import type { Messages } from '../i18n/messages.tsx'

const WORLD = '001'

export const countryName = (country: string, { language }: { readonly language: Language }): string => (country === WORLD ? 'WHO' : formatParam({ country }, language))
export const isWorld = (country: string): boolean => country === WORLD

/** 'birth', '6 weeks', '12 months less 4 days' */
export const ageText = (period: NumberedPeriod, { say, t }: Messages): string => (period.months === 0 && period.days === 0 ? t('schedules.birth') : say(periodMessage(period.text)))
export const waitText = (period: NumberedPeriod, { say }: Messages): string => say(periodMessage(period.text))

export const groupText = (group: string, { say }: Messages): string => say(groupName(group))
export const vaccineText = (code: string, { vaccines }: Pick<ImmunizationEdition, 'vaccines'>, { say }: Messages): string => say(vaccineName(code, vaccines.get(code)?.name ?? code))

/** '12 July 2026' for an ISO date of an edition; what is none as it stands. */
export function dayText(iso: string, { date }: Messages): string {
  const parsed = parseDay(iso)
  return parsed.ok ? date(parsed.value) : iso
}

/** The first letter large, where a name stands alone. */
export const capital = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

export const addressOf = ({ id, country }: Pick<ImmunizationEditionSummary, 'id' | 'country'>): string => `/schedules/${id ?? country}`
