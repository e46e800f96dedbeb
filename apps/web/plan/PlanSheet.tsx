/**
 * The plan, the only white sheet on the page: what to do, in order, with the reasons; what was recorded today and can be undone; what
 * waits; and what is not judged here, which is always said, because silence reads as "nothing due".
 */
import type { ChildFacts, Plan } from '@bairn/plan'
import { useId } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import type { Pending, Resource } from '../child/record.ts'
import type { RecordedDose } from '../vaccines/record.ts'
import { besideDose, recordedName, whenText } from '../vaccines/words.ts'
import { doneToday, sheetOf, timeOf, type DoneToday } from './model.ts'
import { PlanRow, type PlanActions } from './PlanRow.tsx'
import './plan.css'

export interface SheetProps {
  readonly plan: Plan
  readonly facts: ChildFacts | undefined
  readonly childId: string
  readonly resources: readonly Resource[]
  readonly pending: readonly Pending[]
  readonly actions: PlanActions
  /** takes back a response or an answer of today, or what was put off */
  readonly undo: (id: string) => Promise<void>
}

export function PlanSheet(props: SheetProps) {
  const { plan, childId, resources, actions } = props
  const { t, date, say } = useMessages()
  const id = useId()
  const sheet = sheetOf(plan)
  const next = sheet.nothingDue ? sheet.items[0]?.item : undefined
  return (
    <section class="plan sheet" aria-labelledby={id}>
      <header>
        <h2 id={id} tabIndex={-1}>{t('child.plan.title')}</h2>
        <p class="muted day"><span class="long">{date(plan.on, 'weekday')}</span><span class="short">{date(plan.on, 'short')}</span></p>
        <p class="sum">{t('child.plan.summary', { acts: { number: sheet.counts.acts }, asks: { number: sheet.counts.asks } })}</p>
      </header>
      {next === undefined ? null : (
        <div class="none" data-u="well">
          <Glyph of="well" size={32} />
          <h3>{t('child.plan.nothing')}</h3>
          <p>{t('child.plan.next', { title: { message: next.title }, day: { text: date(next.window.due, 'weekday') } })}</p>
        </div>
      )}
      <ol>{sheet.items.map((drawn) => <PlanRow key={drawn.item.id} drawn={drawn} plan={plan} childId={childId} resources={resources} actions={actions} />)}</ol>
      <Recorded {...props} />
      <Waiting {...props} />
      <NotJudged plan={plan} say={say} />
    </section>
  )
}

/** Done today, each with Undo; what is not sent yet says so. */
export function Recorded({ plan, facts, resources, pending, actions, undo }: SheetProps) {
  const { t } = useMessages()
  const done = facts === undefined ? [] : doneToday(facts, plan.on, resources)
  if (done.length === 0) return null
  return (
    <ul class="done-list" aria-label={t('child.done.title')}>
      {done.map((each) => {
        const waiting = pending.find(({ fact }) => `${fact.resourceType}/${fact.id}` === each.id)
        return (
          <li key={each.id} class="item" data-u="done">
            <Glyph of="done" />
            <p class="w">{each.minute === undefined ? t('web.urgency.done') : t('child.done.at', { time: { text: timeOf(each.minute) } })}</p>
            <div class="tx"><h3><DoneTitle each={each} plan={plan} /></h3>{waiting === undefined ? null : <p class="r">{t('child.pending.item', { time: { text: waiting.at } })}</p>}</div>
            <div class="do"><Button kind="quiet" icon="undo" onClick={() => { if (!actions.busy) void undo(each.id) }}>{t('child.undo')}</Button></div>
          </li>
        )
      })}
    </ul>
  )
}

function DoneTitle({ each, plan }: { readonly each: DoneToday; readonly plan: Plan }) {
  const messages = useMessages()
  const { t } = messages
  if (each.kind === 'dose') return <DoseDone dose={each.dose} plan={plan} />
  if (each.kind === 'response') return <>{t('child.need', { need: { code: each.need } })}</>
  return <>{t('child.done.finding', { kind: { message: { key: 'child.fact', params: { kind: { code: each.finding.kind === 'breastfeedingDifficulty' ? 'breastfeeding' : each.finding.kind } } } }, answer: { message: { key: 'child.answer', params: { value: { code: each.finding.answer } } } } })}</>
}

/** 'polio, dose 2, lot A1, left arm'; a dose that does not count says so. */
function DoseDone({ dose, plan }: { readonly dose: RecordedDose; readonly plan: Plan }) {
  const messages = useMessages()
  const { t } = messages
  const judged = plan.vaccines?.doses.find(({ id }) => id === dose.id)?.judged ?? []
  const counts = judged.filter(({ status }) => status === 'valid').length > 0
  const day = dose.when?.precision === 'day' && dose.when.earliest === plan.on ? [] : [whenText(dose.when, messages)]
  return <><bdi>{[recordedName(dose, plan, messages), ...day, ...besideDose(dose, messages)].join(t('web.comma'))}</bdi>{judged.length === 0 || counts ? null : <span class="r">{' '}{t('vaccines.noCount')}</span>}</>
}

/** Put off or declined: in sight, out of the way, and back with one touch. */
function Waiting({ plan, actions, undo }: SheetProps) {
  const { t, say, date } = useMessages()
  if (plan.setAside.length === 0) return null
  return (
    <section class="aside-list">
      <h3>{t('child.aside.title')}</h3>
      <ul>
        {plan.setAside.map(({ title, response, reason, until }) => (
          <li key={response.id}>
            <Glyph of="notNeeded" size={20} />
            <p><b>{say(title)}</b> <span>{reason === undefined ? '' : `${t('vaccines.aside', { reason: { code: reason } })} `}{until === undefined ? t('child.aside.declined') : t('child.aside.until', { day: { text: date(until) } })}{response.note === undefined ? '' : ` ${response.note}.`}</span></p>
            <Button kind="quiet" onClick={() => { if (!actions.busy) void undo(response.id) }}>{t('child.aside.back')}</Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What nobody has judged: short, and always there. */
export function NotJudged({ plan, say }: { readonly plan: Plan; readonly say: ReturnType<typeof useMessages>['say'] }) {
  const { t } = useMessages()
  if (plan.notJudged.length === 0 && plan.issues.length === 0) return null
  return (
    <section class="not-judged">
      <h3>{t('child.notJudged.title')}</h3>
      <ul>
        {plan.notJudged.map(({ rule, text }) => <li key={`${rule} ${JSON.stringify(text)}`}><Glyph of="notNeeded" size={18} /><span>{say(text)}</span></li>)}
      </ul>
      {plan.issues.length === 0 ? null : (
        <>
          <h3>{t('child.issues.title')}</h3>
          <ul>{plan.issues.map((issue) => <li key={JSON.stringify(issue.text)}><Glyph of="notKnown" size={18} /><span>{say(issue.text)}</span></li>)}</ul>
        </>
      )}
    </section>
  )
}
