/** The form: what is due, in the plan's order, each with its product, lot, expiry and site, or not given; other vaccines; and when. */
import { addDays } from '@bairn/quantities'
import { vaccineName, type NotGivenReason, type Plan } from '@bairn/plan'
import { useId, useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { Choice } from '../components/Choice.tsx'
import { DateFields } from '../components/DateFields.tsx'
import { TextField } from '../components/Field.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { urgencyWord } from '../components/urgency.ts'
import { NO_DATE } from '../components/typed.ts'
import { useMessages } from '../i18n/messages.tsx'
import { NOT_GIVEN, SITES, type DoseDraft, type RowDraft, type Site } from './draft.ts'
import { readExpiry } from './expiry.ts'
import type { Looked } from './model.ts'
import type { Product } from './plainVaccine.ts'
import type { Products } from './products.ts'
import { WORDS, type DoseRow } from './rows.ts'
import type { Vial } from './vials.ts'

export interface DoseFormProps {
  readonly due: readonly DoseRow[]
  readonly others: readonly DoseRow[]
  readonly draft: DoseDraft & { readonly rows: Readonly<Record<string, RowDraft>> }
  readonly looked: Looked
  readonly plan: Plan
  readonly sex: 'male' | 'female' | undefined
  readonly products: (row: DoseRow) => Products
  readonly offerAgain: Readonly<Record<NotGivenReason, number>>
  /** of the product, where one was used today */
  readonly vialOf: (product: string) => Vial | undefined
  readonly toggle: (row: DoseRow) => void
  readonly setRow: (key: string, next: Partial<RowDraft>) => void
  readonly setWhen: (next: Partial<Pick<DoseDraft, 'when' | 'day'>>) => void
}

export function DoseForm(props: DoseFormProps) {
  const { due, others, draft, looked, plan, sex, setWhen } = props
  const { t, date } = useMessages()
  const [more, setMore] = useState(false)
  const listed = more ? others : others.filter(({ key }) => draft.rows[key] !== undefined)
  const single = Object.keys(draft.rows).length === 1
  return (
    <>
      <fieldset class="fld">
        <legend>{plan.vaccines === undefined ? t('vaccines.which') : due.length > 0 ? t('vaccines.needs', { sex: { code: sex ?? 'unknown' } }) : t('vaccines.nothingDue')}</legend>
        {due.length + listed.length === 0 ? null : <ul class="opts">{[...due, ...listed].map((row) => <Row key={row.key} row={row} single={single} {...props} />)}</ul>}
        {plan.vaccines === undefined ? null : <p class="opts-more"><Button kind="quiet" icon="plus" aria-expanded={more} onClick={() => setMore(!more)}>{t('vaccines.another')}</Button></p>}
      </fieldset>
      <div class="dose-when">
        <Choice<DoseDraft['when']> label={t('vaccines.when')} value={draft.when} onChange={(when) => setWhen({ when, ...(when === 'today' ? { day: NO_DATE } : {}) })}
          options={[{ value: 'today', label: t('vaccines.when.today', { day: { text: date(plan.on, 'short') } }) }, { value: 'otherDay', label: t('child.measure.otherDay') }, { value: 'card', label: t('vaccines.when.card') }]} />
        {draft.when === 'today' ? null : <DateFields label={t('vaccines.day')} value={draft.day} onChange={(day) => setWhen({ day })} hint={t(draft.when === 'card' ? 'vaccines.day.card' : 'vaccines.day.here')} problem={looked.when.kind === 'problem' ? t(looked.when.key) : undefined} />}
      </div>
    </>
  )
}

function Row(props: DoseFormProps & { readonly row: DoseRow; readonly single: boolean }) {
  const { row, draft, plan, toggle, looked } = props
  const messages = useMessages()
  const { t, say } = messages
  const typed = draft.rows[row.key]
  const word = row.item !== undefined ? urgencyWord(messages, { urgency: row.sign, due: row.due, on: plan.on })
    : row.forecast === undefined ? '' : row.forecast.status === 'notComplete' && row.due !== undefined ? t('vaccines.later', { day: { text: messages.date(row.due, 'shortYear') } }) : t('vaccines.state', { state: { code: row.forecast.status } })
  return (
    <li class={typed === undefined ? undefined : 'on'} data-need={row.key} {...(looked.open.includes(row.key) ? { 'data-open': true } : {})}>
      <label class="opt" data-u={row.sign}>
        <input type="checkbox" checked={typed !== undefined} onChange={() => toggle(row)} />
        <span class="box" aria-hidden="true"><Icon of="check" size={18} /></span>
        {row.forecast === undefined ? <span /> : <Glyph of={row.sign} size={20} />}
        <b>{t('vaccines.dose', { vaccine: { message: row.name }, number: { code: row.number === undefined ? 'none' : String(row.number) } })}</b>
        <span class="st">{word}</span>
      </label>
      {typed === undefined ? null : <Fields {...props} typed={typed} label={say(row.name)} />}
    </li>
  )
}

function Fields({ row, typed, label, plan, products, offerAgain, vialOf, setRow, single }: DoseFormProps & { readonly row: DoseRow; readonly single: boolean; readonly typed: RowDraft; readonly label: string }) {
  const { t, date } = useMessages()
  const id = useId()
  const set = (next: Partial<RowDraft>): void => setRow(row.key, next)
  const expiry = readExpiry(typed.expiry)
  const vial = typed.product === '' || typed.lot !== '' ? undefined : vialOf(typed.product)
  const lasts = vial === undefined ? undefined : readExpiry(vial.expiry)
  return (
    <fieldset class="opt-fields">
      <legend class="vh">{label}</legend>
      {typed.not === undefined ? (
        <>
          <ProductField row={row} typed={typed} products={products(row)} set={set} />
          {vial === undefined ? null : <p><Button icon="check" onClick={() => set(vial)}>{t('vaccines.sameVial', { lot: { text: vial.lot }, expires: { code: lasts?.kind === 'day' ? 'yes' : 'no' }, day: lasts?.kind === 'day' ? { day: lasts.day } : { text: '' } })}</Button></p>}
          <details open={single || undefined} class="opt-more">
            <summary>{t('vaccines.details')}<Icon of="down" size={18} /></summary>
            <div class="pair">
              <TextField label={t('vaccines.lotField')} value={typed.lot} onInput={(lot) => set({ lot })} maxLength={40} dir="ltr" autocapitalize="none" />
              <DateFields label={t('vaccines.expires')} value={typed.expiry} onChange={(next) => set({ expiry: next })} hint={expiry.kind === 'day' ? t('vaccines.expiryRead', { day: { day: expiry.day } }) : t('vaccines.expiryHint')} problem={expiry.kind === 'problem' ? t(expiry.key) : undefined} />
            </div>
            <fieldset class="fld chips">
              <legend>{t('vaccines.where')}</legend>
              {SITES.map((site) => <label key={site} class="pick"><input type="radio" name={`${id}-site`} checked={typed.site === site} onChange={() => set({ site: site as Site })} /><span class="first">{t('vaccines.site', { site: { code: site } })}</span></label>)}
            </fieldset>
          </details>
        </>
      ) : null}
      <fieldset class="fld chips">
        <legend>{t('vaccines.notGivenAsk')}</legend>
        {NOT_GIVEN.map((reason) => <Button key={reason} aria-pressed={typed.not?.reason === reason} onClick={() => set({ not: { reason, note: typed.not?.note ?? '' } })}><span class="first">{t('vaccines.mark', { kind: { code: reason } })}</span></Button>)}
      </fieldset>
      {typed.not === undefined ? null : (
        <div class="not-given">
          <p>{t('vaccines.next', { reason: { code: typed.not.reason }, day: { text: date(addDays(plan.on, offerAgain[typed.not.reason]), 'weekday') } })}</p>
          <TextField label={t('vaccines.note', { reason: { code: typed.not.reason } })} aside={t('web.register.ifAny')} value={typed.not.note} onInput={(note) => set({ not: { reason: typed.not?.reason ?? 'deferred', note } })} maxLength={200} />
          <p><Button kind="quiet" icon="undo" onClick={() => set({ not: undefined })}>{t('vaccines.givenAfterAll')}</Button></p>
        </div>
      )}
    </fieldset>
  )
}

/** What the schedule asks for first; what counts as well; every other product; and any in words. */
function ProductField({ row, typed, products: { asked, allowed, other }, set }: { readonly row: DoseRow; readonly typed: RowDraft; readonly products: Products; readonly set: (next: Partial<RowDraft>) => void }) {
  const { t, say, language } = useMessages()
  const id = useId()
  const inWords = <TextField label={t('vaccines.words')} hint={t('vaccines.wordsHint')} value={typed.name} onInput={(name) => set({ name, product: WORDS })} maxLength={80} name="words" />
  if (row.key === WORDS) return inWords
  const option = ({ code, name }: Product) => <option key={code} value={code}>{say(vaccineName(code, name))}{say(vaccineName(code, name)) === name ? '' : ` · ${name}`}</option>
  const group = (list: readonly Product[], label: string) => (list.length === 0 ? null : <optgroup label={label}>{list.toSorted((a, b) => say(vaccineName(a.code, a.name)).localeCompare(say(vaccineName(b.code, b.name)), language)).map(option)}</optgroup>)
  return (
    <>
      <div class="fld">
        <label for={id}>{t('vaccines.product')}</label>
        <span class="select">
          <select class="in" id={id} value={typed.product} onChange={(event) => set({ product: event.currentTarget.value })}>
            <option value="" disabled>{t('vaccines.choose')}</option>
            {group(asked, t('vaccines.products', { kind: { code: 'asked' } }))}
            {group(allowed, t('vaccines.products', { kind: { code: 'allowed' } }))}
            {group(other, t('vaccines.products', { kind: { code: 'other' } }))}
            <option value={WORDS}>{t('vaccines.products', { kind: { code: 'words' } })}</option>
          </select>
          <Icon of="down" size={20} />
        </span>
      </div>
      {typed.product === WORDS ? inWords : null}
    </>
  )
}
