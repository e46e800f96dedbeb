/** Each dose, disease by disease: best age, minimum age, wait, overdue, latest age, and the vaccines that count; folded until asked for. */
import { diseaseMessage, type ImmunizationEdition } from '@bairn/immunization'
import { formatParam } from '@bairn/knowledge'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import type { AntigenRules, Caution, DoseRule, Figure, SeriesRules, Wait } from './rules.ts'
import { ageText, capital, vaccineText, waitText } from './words.ts'

export function DoseRules({ edition, rules, all }: { readonly edition: ImmunizationEdition; readonly rules: readonly AntigenRules[]; readonly all: boolean }) {
  const { t } = useMessages()
  return (
    <section aria-labelledby="each-dose">
      <h2 id="each-dose">{t('schedules.each')}</h2>
      <p class="muted">{t(edition.borrowed ? 'schedules.each.borrowed' : 'schedules.each.own')}</p>
      <div class="folds">{rules.map((one) => <Antigen key={one.antigen} edition={edition} rules={one} all={all} />)}</div>
    </section>
  )
}

/** Drawn when it is opened: a large schedule has hundreds of doses. */
export function Fold({ title, note, all, children }: { readonly title: string; readonly note?: string; readonly all: boolean; readonly children: () => ComponentChildren }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="fd" open={open || all} onToggle={(event) => { if (!all) setOpen(event.currentTarget.open) }}>
      <summary><span><b>{title}</b>{note === undefined ? null : <small>{note}</small>}</span><Icon of="down" size={20} /></summary>
      {open || all ? children() : null}
    </details>
  )
}

function Antigen({ edition, rules, all }: { readonly edition: ImmunizationEdition; readonly rules: AntigenRules; readonly all: boolean }) {
  const { t, language } = useMessages()
  const { antigen, disease, series, risk, cautions } = rules
  const kind = antigen === disease ? undefined : antigen.endsWith('(oral)') ? t('schedules.kind.oral') : antigen.endsWith('(inactivated)') ? t('schedules.kind.inactivated') : antigen
  const doses = series.find((one) => one.kind === 'standard' || one.kind === 'somePlaces')?.doses.length ?? 0
  const note = [kind, doses === 0 ? undefined : t('schedules.doses', { count: { number: doses } }), risk.length === 0 ? undefined : t('schedules.riskSeries', { count: { number: risk.length } })].filter((part) => part !== undefined).join(t('web.comma'))
  return (
    <Fold title={capital(formatParam(diseaseMessage(disease), language))} note={note} all={all}>
      {() => (
        <>
          {series.map((one) => <SeriesTable key={one.name} edition={edition} series={one} />)}
          {risk.length === 0 ? null : <Fold title={t('schedules.risk')} note={t('schedules.riskSeries', { count: { number: risk.length } })} all={false}>{() => risk.map((one) => <SeriesTable key={one.name} edition={edition} series={one} />)}</Fold>}
          <Cautions edition={edition} cautions={cautions} />
        </>
      )}
    </Fold>
  )
}

function SeriesTable({ edition, series }: { readonly edition: ImmunizationEdition; readonly series: SeriesRules }) {
  const messages = useMessages()
  const { t } = messages
  const { name, kind, sexes, talk, season, doses } = series
  const borrowed = doses.some(({ notBefore, notAfter, waits }) => notBefore?.borrowed === true || notAfter?.borrowed === true || waits.some((wait) => wait.borrowed))
  const sex = sexes.length === 0 || (sexes.includes('female') && sexes.includes('male')) ? '' : t(sexes.includes('female') ? 'schedules.sex.girls' : sexes.includes('male') ? 'schedules.sex.boys' : 'schedules.sex.unknown')
  return (
    <div class="series">
      <h3>{t(`schedules.series.${kind}`)}{sex === '' ? '' : `${t('web.comma')}${sex}`} <small><bdi lang="en">{name}</bdi></small></h3>
      {talk || season ? <p class="muted">{[talk ? t('schedules.talk') : '', season ? t('schedules.season') : ''].filter((part) => part !== '').join(' ')}</p> : null}
      {series.for.length === 0 ? null : <p class="for"><b>{t('schedules.for')}</b> {series.for.map((observation) => <bdi key={observation} lang="en">{edition.observations[observation]?.title ?? observation}</bdi>)}</p>}
      <table class="stbl doses">
        <thead><tr>{(['dose', 'best', 'notBefore', 'wait', 'overdue', 'notAfter'] as const).map((column) => <th key={column} scope="col">{t(`schedules.col.${column}`)}</th>)}</tr></thead>
        <tbody>{doses.map((dose) => <DoseRow key={dose.number} edition={edition} dose={dose} />)}</tbody>
      </table>
      <Counting edition={edition} doses={doses} />
      {borrowed ? <p class="cap"><span class="by">WHO</span> {t('schedules.borrowedMark')}</p> : null}
    </div>
  )
}

function DoseRow({ edition, dose }: { readonly edition: ImmunizationEdition; readonly dose: DoseRule }) {
  const messages = useMessages()
  const { t } = messages
  const { number, best, notBefore, countsFrom, waits, overdue, notAfter, again, sometimesSkipped } = dose
  const none = <span class="muted">{t('schedules.notStated')}</span>
  return (
    <tr>
      <th scope="row" data-l={t('schedules.col.dose')}>{number}{again ? <small>{t('schedules.again')}</small> : null}{sometimesSkipped ? <small>{t('schedules.skipped')}</small> : null}</th>
      <td data-l={t('schedules.col.best')}>{best === undefined ? none : ageText(best, messages)}</td>
      <td data-l={t('schedules.col.notBefore')}>{notBefore === undefined ? none : <FigureText figure={notBefore} text={ageText(notBefore.period, messages)} />}{countsFrom === undefined ? null : <small>{t('schedules.countsFrom', { age: { text: ageText(countsFrom, messages) } })}</small>}</td>
      <td data-l={t('schedules.col.wait')}>{waits.length === 0 ? (number === 1 ? '' : none) : waits.map((wait) => <WaitText key={JSON.stringify([wait.from, wait.period.text])} wait={wait} edition={edition} />)}</td>
      <td data-l={t('schedules.col.overdue')}>{overdue === undefined ? none : ageText(overdue, messages)}</td>
      <td data-l={t('schedules.col.notAfter')}>{notAfter === undefined ? <span class="muted">{t('schedules.noLimit')}</span> : <FigureText figure={notAfter} text={ageText(notAfter.period, messages)} />}</td>
    </tr>
  )
}

function FigureText({ figure, text }: { readonly figure: Figure; readonly text: string }) {
  const { t } = useMessages()
  return <span>{text}{figure.borrowed ? <> <span class="by" title={t('schedules.borrowedMark')}>WHO</span></> : null}</span>
}

function WaitText({ wait, edition }: { readonly wait: Wait; readonly edition: ImmunizationEdition }) {
  const messages = useMessages()
  const { t } = messages
  return <span class="w"><FigureText figure={wait} text={t('schedules.wait', { period: { text: waitText(wait.period, messages) }, after: { text: afterText(wait, edition, messages) }, from: { code: wait.from.kind } })} />{wait.recommended === undefined ? null : <small>{t('schedules.bestWait', { period: { text: waitText(wait.recommended, messages) } })}</small>}</span>
}

function afterText({ from }: Wait, edition: ImmunizationEdition, messages: Messages): string {
  switch (from.kind) {
    case 'previous': return ''
    case 'dose': return String(from.number)
    case 'vaccine': return [...from.codes].map((code) => vaccineText(code, edition, messages)).slice(0, 3).join(messages.t('web.comma'))
    case 'observation': return edition.observations[from.observation]?.title ?? from.observation
  }
}

/** Vaccines of all doses together where they are the same, else dose by dose. */
function Counting({ edition, doses }: { readonly edition: ImmunizationEdition; readonly doses: readonly DoseRule[] }) {
  const messages = useMessages()
  const { t } = messages
  const same = [...Map.groupBy(doses, ({ vaccines, others }) => JSON.stringify([vaccines, others])).values()]
  const names = (codes: readonly string[]): string => codes.map((code) => vaccineText(code, edition, messages)).join(t('web.comma'))
  return (
    <div class="counts">
      {same.map((group) => {
        const [first] = group
        if (first === undefined) return null
        return <p key={first.number}><b>{same.length === 1 ? t('schedules.counts') : t('schedules.countsFor', { doses: { text: group.map(({ number }) => number).join(t('web.comma')) } })}</b> <bdi>{names(first.vaccines)}</bdi>{first.others.length === 0 ? null : <> <span class="muted">{t('schedules.alsoCounts')} <bdi>{names(first.others)}</bdi></span></>}</p>
      })}
    </div>
  )
}

function Cautions({ edition, cautions }: { readonly edition: ImmunizationEdition; readonly cautions: readonly Caution[] }) {
  const messages = useMessages()
  const { t } = messages
  if (cautions.length === 0) return null
  return (
    <div class="cautions">
      <h3><Glyph of="notNeeded" size={20} />{t('schedules.cautions')}</h3>
      <ul>{cautions.map(({ observation, text, vaccines }) => <li key={`${observation} ${vaccines.join()}`}><bdi lang="en">{text ?? edition.observations[observation]?.title ?? observation}</bdi>{vaccines.length === 0 ? null : <small>{t('schedules.onlyVaccines')} <bdi>{vaccines.map((code) => vaccineText(code, edition, messages)).join(t('web.comma'))}</bdi></small>}</li>)}</ul>
    </div>
  )
}
