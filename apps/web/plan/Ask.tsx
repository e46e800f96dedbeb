/** A question answered where it stands: its buttons become a fact, and the plan is computed again. A birth date is typed. */
import type { PlanItem, Question } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import { useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { DateFields } from '../components/DateFields.tsx'
import { NO_DATE, readDate } from '../components/typed.ts'
import { useMessages } from '../i18n/messages.tsx'
import { readBirth } from './birthDate.ts'

export type Answer = (question: Question, value: string) => Promise<void>

/** One question: its buttons at the item's end. Several: each with its own words, below each other. */
export function Ask({ item, on, busy, answer }: { readonly item: PlanItem; readonly on: Day; readonly busy: boolean; readonly answer: Answer }) {
  const { say } = useMessages()
  const questions = item.ask === undefined ? [] : [item.ask, ...(item.more ?? [])]
  if (questions.length > 1) {
    return (
      <ul class="do asks">
        {questions.map((question) => <li key={question.kind}><p>{say(question.text)}</p><Buttons question={question} busy={busy} answer={answer} /></li>)}
      </ul>
    )
  }
  const [only] = questions
  if (only === undefined) return null
  if (only.kind === 'birthDate') return <BirthDate question={only} on={on} busy={busy} answer={answer} />
  return <div class="do ask"><Buttons question={only} busy={busy} answer={answer} /></div>
}

function Buttons({ question, busy, answer }: { readonly question: Question; readonly busy: boolean; readonly answer: Answer }) {
  const { say } = useMessages()
  return (
    <div class="answers" role="group" aria-label={say(question.text)}>
      {question.options.map(({ value, label }) => <Button key={value} {...(busy ? { 'aria-busy': true } : {})} onClick={() => { if (!busy) void answer(question, value) }}>{say(label)}</Button>)}
    </div>
  )
}

function BirthDate({ question, on, busy, answer }: { readonly question: Question; readonly on: Day; readonly busy: boolean; readonly answer: Answer }) {
  const { t } = useMessages()
  const [typed, setTyped] = useState(NO_DATE)
  const [tried, setTried] = useState(false)
  const read = readBirth(typed, on)
  // Half a date is no mistake while it is typed; what cannot be is said at once.
  const problem = read.kind === 'problem' && (tried || readDate(typed, on).kind === 'problem') ? t(read.key) : undefined
  const submit = (event: Event): void => {
    event.preventDefault()
    setTried(true)
    if (read.kind === 'known' && !busy) void answer(question, read.text)
  }
  return (
    <form class="do wide" onSubmit={submit} noValidate>
      <DateFields label={t('child.ask.birthDate')} hint={t('child.ask.birthHint')} value={typed} onChange={setTyped} problem={problem} />
      <Button type="submit">{t('child.save')}</Button>
    </form>
  )
}
