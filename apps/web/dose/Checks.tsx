/** Before saving: one check, one line; passed ones stay, quiet; a failed one says the first good day and what to do; a question carries its answers. */
import type { Plan } from '@bairn/plan'
import { ButtonLink } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { Ask, type Answer } from '../plan/Ask.tsx'
import type { Check, Looked } from './model.ts'
import type { DoseRow } from './rows.ts'

export function Checks({ plan, chosen, looked, nameOf, childId, busy, answer }: {
  readonly plan: Plan; readonly chosen: readonly DoseRow[]; readonly looked: Looked; readonly nameOf: (row: DoseRow) => string; readonly childId: string; readonly busy: boolean; readonly answer: Answer
}) {
  const { t, say } = useMessages()
  const question = plan.items.find(({ need }) => need === 'askReaction')
  const shown = chosen.filter(({ key }) => (looked.checks.get(key)?.length ?? 0) > 0)
  return (
    <section class="card checks" aria-labelledby="checks">
      <h2 id="checks">{t('vaccines.checks')}</h2>
      {question === undefined ? null : (
        <div class="check-ask" data-u={question.ask === undefined ? 'actToday' : 'notKnown'}>
          <Glyph of={question.ask === undefined ? 'actToday' : 'notKnown'} size={20} />
          <div><b>{say(question.ask?.text ?? question.title)}</b>{question.because[0] === undefined ? null : <p>{say(question.because[0].text)}</p>}</div>
          {question.ask === undefined ? <p class="do"><ButtonLink href={`/child/${childId}/reaction`}>{t('vaccines.reactionWrite')}</ButtonLink></p> : <Ask item={question} on={plan.on} busy={busy} answer={answer} />}
        </div>
      )}
      <div aria-live="polite">
        {shown.length === 0 ? <p class="muted">{t(chosen.length === 0 ? 'vaccines.checks.none' : 'vaccines.checks.quiet')}</p> : null}
        {shown.map((row) => (
          <div key={row.key} class="check-of">
            {chosen.length > 1 ? <h3>{nameOf(row)}</h3> : null}
            <ul>{looked.checks.get(row.key)?.map((check) => <CheckLine key={JSON.stringify(check)} check={check} />)}</ul>
          </div>
        ))}
      </div>
    </section>
  )
}

function CheckLine({ check: { sign, title, text } }: { readonly check: Check }) {
  const { say } = useMessages()
  const failed = sign !== 'done' && sign !== 'notNeeded'
  return (
    <li data-u={sign} class={failed ? 'failed' : undefined}>
      <Glyph of={sign} size={20} />
      <div>{failed ? <b>{say(title)}</b> : <span>{say(title)}</span>}{text.map((one) => <p key={JSON.stringify(one)}>{say(one)}</p>)}</div>
    </li>
  )
}
