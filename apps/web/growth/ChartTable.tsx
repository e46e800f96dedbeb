/** The chart's figures as a table: every visit, with z-score and centile, and what was done on the way to the score. */
import { formatParam } from '@bairn/knowledge'
import { useMessages } from '../i18n/messages.tsx'
import type { GrowthChart } from './model.ts'

export function ChartTable({ chart, caption }: { readonly chart: GrowthChart; readonly caption: string }) {
  const { t, say, date, age, number, language } = useMessages()
  const corrected = chart.points.some((point) => point.age?.corrected !== undefined)
  if (chart.points.length === 0) return <p class="muted">{t('child.chart.noRows')}</p>
  return (
    <table class="tbl chart-table">
      <caption class="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('child.visits.date')}</th>
          <th scope="col">{t(corrected ? 'child.visits.ageCorrected' : 'child.visits.age')}</th>
          <th scope="col" class="n">{t('child.chart.value')}</th>
          <th scope="col" class="n">{t('child.chart.zHead')}</th>
          <th scope="col" class="n">{t('child.chart.centile')}</th>
        </tr>
      </thead>
      <tbody>
        {chart.points.toReversed().map((point) => (
          <tr key={point.day}>
            <th scope="row">{date(point.day, 'shortYear')}</th>
            <td class="age">{point.age === undefined ? '' : age({ age: Math.max(0, point.age.corrected ?? point.age.sinceBirth) as typeof point.age.sinceBirth })}</td>
            <td class="n">{point.second === undefined ? formatParam(point.value, language) : t('child.chart.pair', { first: point.value, second: point.second })}{point.doubted ? <span class="cap"> {t('child.chart.doubted')}</span> : null}</td>
            <td class="n">{point.z === undefined ? <span class="cap">{point.noScore === undefined ? '' : say(point.noScore)}</span> : <bdi>{formatParam({ z: point.z }, language)}</bdi>}</td>
            <td class="n">{point.centile === undefined ? '' : centileText(point.centile, { t, number })}</td>
          </tr>
        ))}
      </tbody>
      {chart.points.some(({ notes }) => notes.length > 0) ? <tfoot><tr><td colSpan={5} class="cap">{[...new Set(chart.points.flatMap(({ notes }) => notes.map(say)))].join(' ')}</td></tr></tfoot> : null}
    </table>
  )
}

/** Never 0 or 100: a centile beyond what can be said is said so. */
function centileText(centile: number, { t, number }: Pick<ReturnType<typeof useMessages>, 't' | 'number'>): string {
  if (centile < 0.1) return t('child.chart.centileBelow')
  if (centile > 99.9) return t('child.chart.centileAbove')
  return number(centile, centile < 1 || centile > 99 ? 1 : 0)
}
