/** What holds of this place: the vaccines that the country gives in some places only, asked once for all children seen here. */
import type { ImmunizationEdition } from '@bairn/immunization'
import { groupName } from '@bairn/plan'
import type { Message } from '@bairn/reasoning'
import { useState } from 'preact/hooks'
import { postJson } from '../api/request.ts'
import { useSession } from '../app/session.tsx'
import { Choice } from '../components/Choice.tsx'
import { Problem } from '../components/Field.tsx'
import type { PlaceRequest, Session } from '../contract.ts'
import { useMessages } from '../i18n/messages.tsx'

type Value = 'yes' | 'no' | 'notKnown'
const VALUES: readonly Value[] = ['yes', 'no', 'notKnown']

export function PlaceAnswers({ edition }: { readonly edition: ImmunizationEdition }) {
  const { t, say } = useMessages()
  const { session, setSession } = useSession()
  const [problem, setProblem] = useState<string>()
  const asked = questionsOf(edition)
  if (asked.length === 0) return null
  const answer = async (code: string, value: Value): Promise<void> => {
    const outcome = await postJson<Session>('/app/place', { switches: { [code]: value === 'notKnown' ? null : value === 'yes' } } satisfies PlaceRequest)
    setProblem(outcome.kind === 'answer' ? undefined : outcome.kind === 'refused' ? outcome.says.join(' ') : t('web.away.text'))
    if (outcome.kind === 'answer') setSession(outcome.value)
  }
  return (
    <section class="place" aria-labelledby="place">
      <h2 id="place">{t('child.place.title')}</h2>
      <p class="muted">{t('child.place.text')}</p>
      {problem === undefined ? null : <Problem id="place-problem">{problem}</Problem>}
      <div class="place-q">
        {asked.map(({ code, groups }) => {
          const given = session.setting.switches[code]
          return (
            <Choice key={code} label={t('child.place.question', { vaccines: { text: groups.map(say).join(t('web.comma')) } })}
              options={VALUES.map((value) => ({ value, label: t('child.place.answer', { value: { code: value } }) }))}
              value={given?.known === true ? (given.value === true ? 'yes' : 'no') : 'notKnown'} onChange={(value) => void answer(code, value)} />
          )
        })}
      </div>
    </section>
  )
}

/** One question a code, with the vaccine groups that follow from it. */
function questionsOf({ observations, antigens }: ImmunizationEdition): readonly { readonly code: string; readonly groups: readonly Message[] }[] {
  const series = antigens.flatMap((antigen) => antigen.series)
  return Object.keys(observations).filter((code) => observations[code]?.ofPlace === true).map((code) => ({
    code, groups: [...new Set(series.filter(({ indications }) => indications.some(({ observation }) => observation === code)).map(({ vaccineGroup }) => vaccineGroup))].map(groupName),
  })).filter(({ groups }) => groups.length > 0)
}
