/**
 * Growth on the child's page: one chart at a time behind tabs, the sentence that it proves above it, the same figures as a table one
 * touch away, and the chart alone on paper.
 */
import { useId, useMemo, useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { ChartTable } from './ChartTable.tsx'
import './growth.css'
import { GrowthChart } from './GrowthChart.tsx'
import { chartsFor, growthChart, type ChartId, type GrowthInput } from './model.ts'
import { historyOf } from './history.ts'

export function GrowthPanel({ input, name, first }: { readonly input: GrowthInput; readonly name: string; readonly first?: ChartId }) {
  const { t, say, date } = useMessages()
  const id = useId()
  const charts = useMemo(() => chartsFor(input), [input])
  const visits = useMemo(() => historyOf(input), [input])
  const [chosen, choose] = useState<ChartId | undefined>(first)
  const now = chosen !== undefined && charts.includes(chosen) ? chosen : (charts[0] as ChartId)
  const chart = useMemo(() => growthChart(now, input, visits), [now, input, visits])
  const [asTable, setAsTable] = useState(false)
  const label = (chart: ChartId): string => t('child.chart.tab', { chart: { code: tabName(chart, input) } })
  return (
    <section class="growth" aria-labelledby={`${id}-h`}>
      <header><h2 id={`${id}-h`}>{t('child.growth.title')}</h2><p class="on-paper"><b>{name}</b>{t('web.comma')}{label(now)}{t('web.comma')}{date(input.on)}</p></header>
      <Tabs id={id} charts={charts} now={now} label={label} onChoose={choose} />
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${now}`}>
        {chart.say.map((message) => <p key={message.key} class="say">{say(message)}</p>)}
        {asTable ? <ChartTable chart={chart} caption={label(now)} /> : <GrowthChart key={now} chart={chart} name={name} />}
        <p class="cap chart-cap">{say(chart.caption)}{chart.id === 'length' && !asTable ? ` ${t('child.chart.shapes')}` : ''}</p>
        <p class="chart-acts">
          <button type="button" class="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{t(asTable ? 'child.chart.asChart' : 'child.chart.asTable')}</button>
          <button type="button" class="link" onClick={printChart}>{t('child.chart.print')}</button>
        </p>
      </div>
    </section>
  )
}

/** From the end of lying on, the tab speaks of height. */
function tabName(chart: ChartId, { facts, on, references }: GrowthInput): string {
  if (chart !== 'length' && chart !== 'weightForLength') return chart
  const standing = references.under5.position?.standingFromDay ?? 0
  const upright = facts.birth.kind !== 'unknown' && on - facts.birth.day >= standing
  return upright ? (chart === 'length' ? 'height' : 'weightForHeight') : chart
}

function Tabs({ id, charts, now, label, onChoose }: { readonly id: string; readonly charts: readonly ChartId[]; readonly now: ChartId; readonly label: (chart: ChartId) => string; readonly onChoose: (chart: ChartId) => void }) {
  const { language } = useMessages()
  const move = (event: KeyboardEvent): void => {
    const forward = language === 'ar' ? 'ArrowLeft' : 'ArrowRight'
    const by = event.key === forward ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const next = charts[(charts.indexOf(now) + by + charts.length) % charts.length] as ChartId
    onChoose(next)
    document.getElementById(`${id}-${next}`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" onKeyDown={move}>
      {charts.map((chart) => <button key={chart} type="button" role="tab" id={`${id}-${chart}`} aria-selected={chart === now} aria-controls={`${id}-panel`} tabIndex={chart === now ? 0 : -1} onClick={() => onChoose(chart)}>{label(chart)}</button>)}
    </div>
  )
}

/** Only the chart goes to the printer; the mark is taken off again when printing is over. */
function printChart(): void {
  document.documentElement.dataset['print'] = 'chart'
  addEventListener('afterprint', () => { delete document.documentElement.dataset['print'] }, { once: true })
  print()
}
