/** A catch-up plan in sentences: what is given, why not earlier, what is not given, what comes later. */
import type { Day } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'
import { diseasesOf } from './disease.ts'
import type { ImmunizationEdition } from './edition.ts'
import type { Finding } from './finding.ts'
import type { GroupForecast } from './group.ts'
import { diseaseMessage, listMessage, periodMessage } from './phrases.ts'

/** 'DTaP: dose 2 against diphtheria, tetanus and whooping cough' */
export function coverMessage(cvx: string, covers: readonly GroupForecast[], edition: ImmunizationEdition): Message {
  return { key: 'immunization.catchUp.dose', params: {
    vaccine: { text: edition.vaccines.get(cvx)?.name ?? cvx },
    covers: listMessage(covers.map(({ antigens, doseNumber = 1 }) => ({ message: { key: 'immunization.catchUp.cover', params: { number: { number: doseNumber }, diseases: diseases(antigens) } } }))),
  } }
}

/** One sentence a reason, with all diseases that it holds for. */
export function waitMessages(waitsFor: readonly { readonly vaccineGroup: string; readonly finding: Finding }[], edition: ImmunizationEdition): readonly Message[] {
  return [...Map.groupBy(waitsFor, ({ finding }) => `${finding.rule}|${finding.period ?? ''}`).values()].flatMap((same): Message[] => {
    const finding = same[0]?.finding
    const key = KEYS[finding?.rule ?? '']
    return key === undefined ? [] : [{ key, params: {
      diseases: diseases(same.flatMap(({ vaccineGroup }) => antigensOf(vaccineGroup, edition))),
      ...(finding?.period === undefined ? {} : { period: { message: periodMessage(finding.period) } }),
    } }]
  })
}
const KEYS: Readonly<Record<string, string>> = {
  'date.minimumAge': 'immunization.catchUp.wait.minimumAge', 'date.interval': 'immunization.catchUp.wait.interval',
  'date.conflict': 'immunization.catchUp.wait.conflict', 'date.season': 'immunization.catchUp.wait.season',
}

export const unplannedMessage = (vaccineGroup: string, why: string, edition: ImmunizationEdition): Message =>
  ({ key: `immunization.catchUp.unplanned.${why}`, params: { diseases: diseases(antigensOf(vaccineGroup, edition)) } })

export const routineMessage = ({ antigens, doseNumber = 1 }: GroupForecast, day: Day): Message =>
  ({ key: 'immunization.catchUp.routine', params: { number: { number: doseNumber }, diseases: diseases(antigens), day: { day } } })

const diseases = (antigens: readonly string[]): MessageParam => listMessage(diseasesOf(antigens).map(diseaseMessage))
const antigensOf = (vaccineGroup: string, edition: ImmunizationEdition): readonly string[] => edition.vaccineGroups.find(({ name }) => name === vaccineGroup)?.antigens ?? []
