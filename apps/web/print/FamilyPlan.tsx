/** The family's page: one A4 in plain words, that survives a black-only printer and a fold. Every sign is a shape, every line has a word. */
import { formatParam, LOCALES, type Language } from '@bairn/knowledge'
import { calendarDate, type Day, type Kilograms } from '@bairn/quantities'
import { useMemo } from 'preact/hooks'
import type { Session } from '../contract.ts'
import type { Who } from '../child/identity.ts'
import { nameOf } from '../child/ChildHeader.tsx'
import type { Child } from '../child/useChild.ts'
import { Glyph } from '../components/Glyph.tsx'
import { Mark } from '../components/Icon.tsx'
import { drawChart } from '../growth/geometry.ts'
import { ChildLine, Ground, wordsOf } from '../growth/GrowthChart.tsx'
import { chartsFor, growthChart, type GrowthInput } from '../growth/model.ts'
import { useMessages } from '../i18n/messages.tsx'
import { recordedName } from '../vaccines/words.ts'
import { familyPage } from './model.ts'

const CHART_WIDTH = 330

export function FamilyPlan({ child, who, growth, session }: { readonly child: Child; readonly who: Who; readonly growth: GrowthInput; readonly session: Session }) {
  const messages = useMessages()
  const { t, say, date, age, language } = messages
  const { plan, facts } = child
  const page = useMemo(() => (facts === undefined ? undefined : familyPage(plan, facts, child.resources)), [plan, facts, child.resources])
  if (page === undefined) return null
  const name = nameOf(who, messages)
  // A page of an invented child must not pass for one of this clinic's.
  const place = session.demo ? t('web.foot.demo') : session.place?.name ?? ''
  const about = { name: { text: who.name?.split(' ')[0] ?? name }, sex: { code: page.sex } }
  const exact = who.birth === undefined ? undefined : age({ birth: who.birth.day, on: plan.on })
  return (
    <article class="a4" lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
      <header>
        <div>
          <h1>{t('child.family.title', about)}</h1>
          <p>{who.mother === undefined ? '' : `${t('child.family.for', { mother: { text: who.mother.name }, sex: { code: page.sex } })} `}{t('child.family.from', { worker: { text: session.user?.name ?? '' }, place: { text: place } })}</p>
        </div>
        <p class="date"><b>{date(plan.on, 'weekday')}</b></p>
      </header>
      <section class="top">
        <div>
          <h2>{t('child.todayTitle')}</h2>
          <p class="lead">
            {exact === undefined ? '' : `${t(who.birth?.about === true ? 'child.family.ageAbout' : 'child.family.age', { ...about, age: { text: exact } })} `}
            {who.weight === undefined || who.weight.day !== plan.on ? '' : `${t('child.family.weighs', { ...about, weight: { text: formatParam({ kg: who.weight.kg as Kilograms }, language) } })} `}
            {page.state.map((state) => t(`child.family.state.${state}`, about)).join(' ')}{page.still.length === 0 ? '' : ` ${t('vaccines.family.still', { vaccines: { text: messages.list(page.still.map(say)) } })}`}
          </p>
          {page.done.length + page.doses.length === 0 ? null : <><h3>{t('child.family.done')}</h3><ul class="tick">{page.done.map((need) => <li key={need}><Glyph of="done" size={20} />{t('child.need', { need: { code: need } })}</li>)}{page.doses.map((dose) => <li key={dose.id}><Glyph of="done" size={20} />{t('vaccines.family.given', { vaccine: { text: recordedName(dose, plan, messages) } })}</li>)}</ul></>}
        </div>
        <Chart growth={growth} name={name} />
      </section>
      <section>
        <h2>{t(page.goNow ? 'child.family.onTheWay' : 'child.family.atHome')}</h2>
        <ol class="home">{page.home.map((advice, at) => <li key={advice}><b>{at + 1}</b><p><strong>{t(`child.family.home.${advice}`, about)}</strong> {t(`child.family.home.${advice}.more`, about)}</p></li>)}</ol>
      </section>
      {page.goNow ? <section class="go"><Glyph of="urgent" size={32} /><p>{t('child.family.goNow', about)}</p></section> : page.back.length === 0 ? null : (
        <section>
          <h2>{t('child.family.back')}</h2>
          <ul class="days">
            {page.back.map(({ day, date: ofMonth, need, vaccines }) => {
              const [weekday, monthYear] = dateParts(day, language)
              return <li key={`${need} ${day}`}><b>{ofMonth}</b><span class="wd">{weekday}</span><span class="mo">{monthYear}</span><p>{vaccines === undefined ? t('child.family.backFor', { need: { code: need }, sex: { code: page.sex } }) : t('vaccines.family.next', { vaccines })}</p></li>
            })}
          </ul>
        </section>
      )}
      <section class="danger">
        <Glyph of="urgent" size={32} />
        <div>
          <h2>{t('child.family.danger', about)}</h2>
          <ul>{page.signs.map((sign) => <li key={sign}>{t(`child.family.sign.${sign}`)}</li>)}</ul>
        </div>
      </section>
      <footer>
        <div>
          <p><b>{t('child.family.keep')}</b> {t(plan.vaccines === undefined ? 'child.family.notHere' : 'vaccines.family.notHere')}</p>
          <p class="cd">{who.cardNumber === undefined ? null : <span>{t('child.who.card')} <b><bdi>{who.cardNumber}</bdi></b></span>}<span>{place}</span></p>
          <p class="fine">{t('child.family.unreviewed', { engine: { text: plan.engine }, editions: { text: plan.editions.join(', ') } })}</p>
        </div>
        <p class="lg"><Mark />Bairn</p>
      </footer>
    </article>
  )
}

/** The weight since birth with words for lines: typical, low, too low. Above 10 years the tables know BMI only. */
function Chart({ growth, name }: { readonly growth: GrowthInput; readonly name: string }) {
  const messages = useMessages()
  const { t } = messages
  const drawn = useMemo(() => {
    const id = chartsFor(growth)[0] ?? 'weight'
    const chart = growthChart(id, growth)
    // Without lines or points there is nothing to see, and half a page is better used for words.
    if (chart.points.length === 0 || chart.lines.length === 0) return undefined
    const plain = { ...chart, lines: chart.lines.filter(({ z }) => z <= 0 || (id === 'bmi' && z <= 2)), sinceBirth: [], steps: [], band: { from: -2, to: 2 } }
    const words = wordsOf(chart, messages)
    const high = chart.lines.filter(({ z }) => z === 2)
    const lines = [...plain.lines.filter(({ z }) => z <= 0), ...high]
    const { bornEarlyBy: _, ...base } = plain
    return { id, drawing: drawChart({ ...base, lines }, CHART_WIDTH, { ...words, line: ({ z }) => (z === 0 ? t('child.family.typical') : z === -2 ? t('child.family.low') : z === -3 ? t('child.family.tooLow') : '') }) }
  }, [growth, messages])
  if (drawn === undefined) return <div />
  const { drawing, id } = drawn
  return (
    <figure dir="ltr">
      <svg class="chart paper" width={drawing.width} height={drawing.height} viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="img" aria-label={t('child.chart.title', { chart: { code: id }, name: { text: name } })}>
        <Ground drawing={drawing} />
        <ChildLine drawing={drawing} early={undefined} />
      </svg>
      <figcaption dir="auto">{t(id === 'bmi' ? 'child.family.chartBmi' : 'child.family.chart')}</figcaption>
    </figure>
  )
}

function dateParts(day: Day, language: Language): readonly [string, string] {
  const { year, month, day: ofMonth } = calendarDate(day)
  const at = new Date(Date.UTC(year, month - 1, ofMonth))
  const write = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(at)
  return [write({ weekday: 'long' }), write({ month: 'long', year: 'numeric' })]
}
