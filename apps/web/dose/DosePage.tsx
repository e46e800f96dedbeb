/**
 * Record a dose: what the plan asks for first, several vaccines of one visit in one go, each judged while it is typed; or not given, with
 * the reason and what comes next. Nothing is held back: what happened is recorded, and what it counts for is said.
 */
import { vaccineName, type Question } from '@bairn/plan'
import { useLocation } from 'preact-iso'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useDraft, type Draft } from '../api/drafts.ts'
import { newId, saveAll, type SaveOutcome } from '../api/save.ts'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { findingAnswer } from '../child/answer.ts'
import { ageOf, nameOf } from '../child/ChildHeader.tsx'
import type { Engines } from '../child/compute.ts'
import { factContext, momentNow, signed } from '../child/context.ts'
import { whoOf } from '../child/identity.ts'
import { useChild, type Child } from '../child/useChild.ts'
import { NoChildYet } from '../child/NoChildYet.tsx'
import { Banner } from '../components/Banner.tsx'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { SaveOutcomeLine } from '../measure/SaveOutcomeLine.tsx'
import { WhatChanges } from '../measure/WhatChanges.tsx'
import '../child/child.css'
import '../measure/measure.css'
import '../plan/plan.css'
import { Checks } from './Checks.tsx'
import './dose.css'
import { DoseForm } from './DoseForm.tsx'
import { EMPTY, emptyRow, hasTyped, isDoseDraft, type DoseDraft, type RowDraft } from './draft.ts'
import { look } from './model.ts'
import { productsFor, type Products } from './products.ts'
import { rowsOf, WORDS, type DoseRow } from './rows.ts'
import { keepVials, vialOf } from './vials.ts'

export function DosePage({ id = '' }: { readonly id?: string }) {
  const { t } = useMessages()
  const { session } = useSession()
  const state = useChild(id)
  const draft = useDraft<DoseDraft>({ name: `dose/${id}`, demo: session.demo, empty: EMPTY, isDraft: isDoseDraft })
  useTitle(t('vaccines.record'))
  if (state.kind === 'here') return <Dose key={id} child={state.child} draft={draft} />
  return <NoChildYet state={state} title={t('vaccines.record')}>{hasTyped(draft.value) ? <p>{t('child.measure.typed')}. {t('child.measure.typedText')}</p> : null}</NoChildYet>
}

const NONE: Products = { asked: [], allowed: [], other: [] }

function Dose({ child, draft }: { readonly child: Child; readonly draft: Draft<DoseDraft> }) {
  const messages = useMessages()
  const { t, say } = messages
  const { session } = useSession()
  const { route, query } = useLocation()
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<SaveOutcome | 'nothing' | 'open' | undefined>(undefined)
  const form = useRef<HTMLFormElement>(null)
  const { plan, facts, resources } = child
  const need = query['need']
  const who = useMemo(() => whoOf({ resources, plan, facts, age: undefined }), [resources, plan, facts])
  const { due, others } = useMemo(() => rowsOf(plan), [plan])
  const all = useMemo(() => [...due, ...others], [due, others])
  const edition = child.engines?.editions.immunization
  const products = useMemo(() => {
    const known = new Map<string, Products>()
    return (row: DoseRow): Products => {
      if (row.forecast === undefined || edition === undefined || facts === undefined) return NONE
      const found = known.get(row.key) ?? productsFor(row.forecast, { facts, edition, on: plan.on })
      known.set(row.key, found)
      return found
    }
  }, [edition, facts, plan.on])
  const ids = useRef(new Map<string, string>())
  const fresh = (row: DoseRow): RowDraft => {
    const id = ids.current.get(row.key) ?? newId()
    ids.current.set(row.key, id)
    const { asked: [only, ...more] } = products(row)
    return emptyRow(id, row.key === WORDS ? WORDS : only !== undefined && more.length === 0 ? only.code : '')
  }
  // Until somebody touches the form, what the plan asks for is chosen: the item that led here, or all that is due.
  const asked = need === undefined ? due : all.filter(({ key }) => key === need)
  const preset = (): Readonly<Record<string, RowDraft>> => Object.fromEntries((plan.vaccines === undefined ? all : asked).map((row) => [row.key, fresh(row)]))
  const rows = draft.value.rows ?? preset()
  const setRows = (next: (now: Readonly<Record<string, RowDraft>>) => Readonly<Record<string, RowDraft>>): void => draft.set((now) => ({ ...now, rows: next(now.rows ?? rows) }))
  useEffect(() => {
    const [row] = asked
    if (need !== undefined && row !== undefined && draft.value.rows !== undefined && draft.value.rows[row.key] === undefined) setRows((now) => ({ ...now, [row.key]: fresh(row) }))
  }, [edition])
  const engines = useNames(child, Object.values(rows).some(({ product }) => product === WORDS))
  const typed = { ...draft.value, rows }
  const looked = useMemo(() => (facts === undefined || engines === undefined ? undefined : look(typed, { rows: all, plan, resources, engines, context: factContext(plan.child, session, momentNow(plan.on)) })), [draft.value, JSON.stringify(rows), facts, engines, plan, all])
  if (who?.dead === true) return <main class="wrap"><div class="lhead"><div><h1>{nameOf(who, messages)}</h1><p class="muted">{plan.notJudged.map(({ text }) => say(text)).join(' ')}</p></div></div><p class="row-b"><ButtonLink href={`/child/${child.id}`}>{t('child.measure.back')}</ButtonLink></p></main>
  if (facts === undefined || engines === undefined || looked === undefined || who === undefined) return <main class="wrap child-waiting"><Waiting rows={4} /></main>

  const chosen = all.filter(({ key }) => rows[key] !== undefined)
  const ready = new Set(looked.ready.map(({ key }) => key))
  const names = chosen.filter(({ key }) => ready.has(key)).map((row) => nameIn(row, rows[row.key]))
  const answer = async (question: Question, value: string): Promise<void> => {
    setBusy(true)
    const result = await child.write(findingAnswer(question, value, { child: plan.child, on: plan.on, session }))
    setBusy(false)
    if (result.kind !== 'saved' && result.kind !== 'notSent') setOutcome(result)
  }
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (looked.ready.length === 0 || looked.open.length > 0) {
      setOutcome(chosen.length === 0 ? 'nothing' : 'open')
      form.current?.querySelector<HTMLElement>(looked.when.kind !== 'day' ? '.dose-when .in' : '[data-open] select, [data-open] input[name=words]')?.focus()
      return
    }
    setBusy(true)
    const now = momentNow(plan.on)
    // The same as was judged, with the minute at which it is saved; kept with what was typed, so that sending twice makes one fact.
    const final = look(typed, { rows: all, plan, resources, engines, context: factContext(plan.child, session, now), ...(now.minute === undefined ? {} : { minute: now.minute }) })
    setRows((kept) => kept)
    const result = await saveAll(final.ready.map(({ resource }) => signed(resource, session)))
    setBusy(false)
    if (result.kind !== 'saved') return setOutcome(result)
    if (typed.when === 'today') keepVials(chosen.flatMap(({ key }) => rows[key] ?? []), { on: plan.on, demo: session.demo })
    draft.clear()
    route(`/child/${child.id}`)
  }
  const action = names.length === 0 ? t('child.save') : t('vaccines.save', { count: { number: names.length }, what: { text: messages.list(names) } })
  return (
    <>
      <main class="wrap measure dose">
        <div class="lhead">
          <div>
            <h1>{t('vaccines.record')}</h1>
            <p class="facts"><a href={`/child/${child.id}`}><bdi>{nameOf(who, messages)}</bdi></a><span>{t(`web.sex.${who.sex ?? 'unknown'}`)}</span><span>{ageOf(who, plan.on, messages)}</span></p>
          </div>
        </div>
        {draft.restored && hasTyped(draft.value) ? <Banner icon="pencil" action={<Button onClick={draft.clear}>{t('web.draft.anew')}</Button>}>{t('web.draft.here')}</Banner> : null}
        <div class="two">
          <form class="card form" id="dose" ref={form} onSubmit={(event) => void save(event)} noValidate>
            <DoseForm due={due} others={others} draft={typed} looked={looked} plan={plan} sex={who.sex} products={products} offerAgain={engines.editions.plan.vaccines.offerAgainAfterDays}
              vialOf={(product) => draft.value.when === 'today' ? vialOf(product, { on: plan.on, demo: session.demo }) : undefined}
              toggle={(row) => setRows((now) => { const { [row.key]: had, ...rest } = now; return had === undefined ? { ...now, [row.key]: fresh(row) } : rest })}
              setRow={(key, next) => setRows((now) => ({ ...now, [key]: { ...now[key] as RowDraft, ...next } }))}
              setWhen={(when) => draft.set((now) => ({ ...now, rows: now.rows ?? rows, ...when }))} />
          </form>
          <div class="side">
            <Checks plan={plan} chosen={chosen} looked={looked} nameOf={(row) => nameIn(row, rows[row.key])} childId={child.id} busy={busy} answer={answer} />
            <WhatChanges before={plan} after={looked.plan} typed={looked.ready.length > 0} />
            <div class="send">
              <SaveOutcomeLine outcome={outcome} nothing={t('vaccines.nothing')} open={t('vaccines.open')} />
              <Button type="submit" form="dose" kind="primary" big {...(busy ? { 'aria-busy': true } : {})}>{action}</Button>
              <p class="cap">{t('child.measure.onlySaved')}</p>
            </div>
          </div>
        </div>
      </main>
      <div class="stick"><Button type="submit" form="dose" kind="primary" big {...(busy ? { 'aria-busy': true } : {})}>{action}</Button></div>
    </>
  )

  /** The product as it is chosen, else the disease. */
  function nameIn(row: DoseRow, typedRow: RowDraft | undefined): string {
    if (typedRow?.product === WORDS && typedRow.name.trim() !== '') return typedRow.name.trim()
    const product = typedRow === undefined ? undefined : edition?.vaccines.get(typedRow.product)
    return row.forecast === undefined || row.item !== undefined || product === undefined ? say(row.name) : say(vaccineName(typedRow?.product ?? '', product.name))
  }
}

/** The vaccine names of the world are large, and only a product in words needs them. */
function useNames({ engines, plan, resources }: Child, needed: boolean): Engines | undefined {
  const [world, setWorld] = useState<Engines | undefined>(undefined)
  useEffect(() => {
    if (!needed || engines === undefined || engines.editions.immunization === undefined || world !== undefined) return
    void import('../child/compute.ts').then(({ loadEngines }) => loadEngines({ on: plan.on, setting: plan.setting, resources: [...resources, { resourceType: 'Immunization', vaccineCode: { text: '?' } }] })).then(setWorld)
  }, [needed, engines])
  return world ?? engines
}
