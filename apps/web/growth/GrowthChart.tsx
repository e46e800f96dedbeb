/**
 * One growth chart: an SVG with a title and a description, direct labels and no legend box. Finger, mouse and arrow keys move between
 * visits; the visit is shown beside its point and read aloud. It does not mirror in right-to-left scripts: paper charts do not either.
 */
import type { MessageParam } from '@bairn/reasoning'
import { useId, useMemo, useState } from 'preact/hooks'
import { formatParam } from '@bairn/knowledge'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import { drawChart, type ChartWords, type Drawing, type Placed } from './geometry.ts'
import type { ChartPoint, GrowthChart as Chart } from './model.ts'
import { useWidth } from './useWidth.ts'

export function GrowthChart({ chart, name }: { readonly chart: Chart; readonly name: string }) {
  const messages = useMessages()
  const { t, say } = messages
  const id = useId()
  const [box, width] = useWidth<HTMLDivElement>()
  const [at, setAt] = useState<number | undefined>(undefined)
  const words = useMemo(() => wordsOf(chart, messages), [chart, messages])
  const drawing = useMemo(() => drawChart(chart, width, words), [chart, width, words])
  const shown = at === undefined ? undefined : drawing.points[Math.min(at, drawing.points.length - 1)]
  const nearest = (event: PointerEvent): void => {
    const place = event.currentTarget as HTMLElement
    const x = event.clientX - place.getBoundingClientRect().left
    setAt(nearestPoint(drawing.points, x))
  }
  const move = (event: KeyboardEvent): void => {
    const to = stepTo(event.key, at, drawing.points.length)
    if (to === 'none') return
    event.preventDefault()
    setAt(to)
  }
  return (
    <div class="chart-box" ref={box} dir="ltr" style={`block-size:${drawing.height}px`}>
      <svg class="chart" width={drawing.width} height={drawing.height} viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{t('child.chart.title', { chart: { code: chart.id }, name: { text: name } })}</title>
        <desc id={`${id}-d`}>{chart.say.map(say).join(' ')} {chart.points.map((point) => readout(point, messages).join(', ')).join('; ')}</desc>
        <Ground drawing={drawing} />
        <ChildLine drawing={drawing} early={chart.bornEarlyBy === undefined ? undefined : t('child.chart.early', { span: { span: chart.bornEarlyBy } })} />
        {shown === undefined ? null : <g class="chart-at"><path d={`M${shown.x} ${drawing.plot.top}V${drawing.plot.bottom}`} /><Mark x={shown.x} y={shown.y} shape={shown.point.shape} size={8} class="ring" /></g>}
      </svg>
      {drawing.points.length === 0 ? null : (
        <div class="chart-keys" role="slider" tabIndex={0} aria-label={t('child.chart.keys')} aria-orientation="horizontal" aria-valuemin={1} aria-valuemax={drawing.points.length}
          aria-valuenow={(at ?? drawing.points.length - 1) + 1} aria-valuetext={readout((drawing.points[at ?? drawing.points.length - 1] as Drawing['points'][number]).point, messages).join(', ')}
          onPointerMove={nearest} onPointerDown={nearest} onPointerLeave={(event) => { if (event.pointerType === 'mouse') setAt(undefined) }}
          onFocus={() => setAt((now) => now ?? drawing.points.length - 1)} onBlur={() => setAt(undefined)} onKeyDown={move} />
      )}
      {shown === undefined ? null : <Tip drawing={drawing} x={shown.x} y={shown.y} lines={readout(shown.point, messages)} dir={messages.language === 'ar' ? 'rtl' : 'ltr'} />}
    </div>
  )
}

/** Bands, z-lines with their names, grid and ticks: the paper of the chart. */
export function Ground({ drawing }: { readonly drawing: Drawing }) {
  const { plot } = drawing
  return (
    <g>
      {drawing.bands.map(({ d, low }) => <path key={d} class={low ? 'band low' : 'band'} d={d} />)}
      {drawing.grid.map(({ y, text }) => <g key={text}><path class="grid" d={`M${plot.left} ${y.toFixed(1)}H${plot.right}`} /><text x={plot.left - 8} y={y + 4.5} text-anchor="end">{text}</text></g>)}
      {drawing.lines.map(({ d, look }) => <path key={d} class={`z ${look}`} d={d} />)}
      {drawing.cutOffs.map(({ x1, x2, y, name }) => <g key={name.text}><path class="cut" d={`M${x1} ${y}H${x2}`} /><Words at={name} class="cut-name halo" /></g>)}
      {drawing.steps.map(({ x, names }) => <g key={x}><path class="step" d={`M${x} ${plot.top - 34}V${plot.bottom}`} />{names.map((name) => <Words key={name.text} at={name} class="halo" />)}</g>)}
      <path class="axis" d={`M${plot.left} ${plot.bottom}H${plot.right}`} />
      {drawing.ticks.map((tick) => <Words key={tick.text} at={tick} />)}
      {drawing.lineNames.map((name) => <Words key={name.text} at={name} class={`name ${name.look}`} />)}
      <Words at={drawing.unit} />
    </g>
  )
}

/** What was measured: the line of this child, its points, and for a child born early the same by age since birth. */
export function ChildLine({ drawing, early }: { readonly drawing: Drawing; readonly early: string | undefined }) {
  const { sinceBirth, early: arrow } = drawing
  return (
    <g>
      {sinceBirth === undefined ? null : <g><path class="alt" d={sinceBirth.d} />{sinceBirth.points.map(({ x, y }) => <circle key={x} class="altp" cx={x} cy={y} r="4" />)}</g>}
      {arrow === undefined ? null : <g class="early"><path d={`M${arrow.x1} ${arrow.y}H${arrow.x2}m7 -4.5l-7 4.5l7 4.5`} />{early === undefined || early.length * 6.6 > arrow.x1 - arrow.x2 + 40 ? null : <text class="halo" x={(arrow.x1 + arrow.x2) / 2} y={arrow.y - 8} text-anchor="middle">{early}</text>}</g>}
      <path class="kid" d={drawing.path} />
      <path class="kid dotted" d={drawing.dotted} />
      {drawing.points.map(({ x, y, point, last }) => <Mark key={point.day} x={x} y={y} shape={point.shape} size={last ? 6.5 : 4.2} class={`pt${last ? ' last' : ''}${point.doubted ? ' doubted' : ''}`} />)}
      {drawing.last === undefined ? null : <Words at={drawing.last} class="lab halo" />}
    </g>
  )
}

/** A circle for lying, a square for standing. */
function Mark({ x, y, shape, size, class: look }: { readonly x: number; readonly y: number; readonly shape: ChartPoint['shape']; readonly size: number; readonly class: string }) {
  return shape === 'circle' ? <circle class={look} cx={x} cy={y} r={size} /> : <rect class={look} x={x - size * 0.9} y={y - size * 0.9} width={size * 1.8} height={size * 1.8} rx="1" />
}

const Words = ({ at, class: look }: { readonly at: Placed; readonly class?: string }) => <text class={look} x={at.x} y={at.y} text-anchor={at.anchor}>{at.text}</text>

/** The visit under the finger, beside its point and never under it. */
function Tip({ drawing, x, y, lines, dir }: { readonly drawing: Drawing; readonly x: number; readonly y: number; readonly lines: readonly string[]; readonly dir: 'ltr' | 'rtl' }) {
  const left = x > drawing.width / 2
  const place = `${left ? `right:${drawing.width - x + 14}px` : `left:${x + 14}px`};top:${Math.max(0, Math.min(y - 34, drawing.height - 96))}px`
  const [value, ...rest] = lines
  return <div class="chart-tip" dir={dir} style={place} aria-hidden="true"><b>{value}</b>{rest.map((line) => <span key={line}>{line}</span>)}</div>
}

/** Value first, then z, then when and how old: as it is read aloud. */
function readout(point: ChartPoint, { t, say, date, age, language }: Messages): readonly string[] {
  const write = (param: MessageParam): string => formatParam(param, language)
  const value = point.second === undefined ? write(point.value) : t('child.chart.pair', { first: point.value, second: point.second })
  const aged = point.age === undefined ? [] : [point.age.corrected === undefined ? age({ age: point.age.sinceBirth }) : t('child.age.corrected', { age: { age: Math.max(0, point.age.corrected) as typeof point.age.corrected } })]
  return [
    value,
    ...(point.z === undefined ? point.noScore === undefined ? [] : [say(point.noScore)] : [t('child.chart.z', { z: { z: point.z } })]),
    ...(point.doubted ? [t('child.chart.doubted')] : []),
    [date(point.day, 'shortYear'), ...aged].join(t('web.comma')),
  ]
}

const nearestPoint = (points: Drawing['points'], x: number): number => points.reduce((best, point, at) => (Math.abs(point.x - x) < Math.abs((points[best]?.x ?? Number.POSITIVE_INFINITY) - x) ? at : best), 0)

/** Right is always later: the axis does not mirror. */
function stepTo(key: string, at: number | undefined, count: number): number | 'none' {
  const last = count - 1
  switch (key) {
    case 'ArrowRight': case 'ArrowUp': return Math.min(last, (at ?? last) + 1)
    case 'ArrowLeft': case 'ArrowDown': return Math.max(0, (at ?? last + 1) - 1)
    case 'Home': return 0
    case 'End': return last
    default: return 'none'
  }
}

export function wordsOf(chart: Chart, { t, number, language }: Messages): ChartWords {
  const last = chart.points.at(-1)
  const plus = (z: number): string => (z === 0 ? t('child.chart.median') : `${z > 0 ? '+' : ''}${number(z)}`)
  return {
    tick: (label, atEnd) => (label === 'birth' ? t('child.chart.birth') : label === 'dueDate' ? t('child.chart.dueDate') : atEnd ? t('child.chart.tick', { count: { number: label }, unit: { code: chart.domain.unit } }) : number(label)),
    line: ({ z, beyond }) => (beyond === undefined ? plus(z) : `${plus(z)} ${t(`child.chart.beyond.${beyond}`)}`),
    unit: t('child.chart.unit', { unit: { code: chart.unit } }),
    last: last === undefined ? undefined : formatParam(last.value, language),
    steps: {
      standing: [t('child.chart.lying'), t('child.chart.standing')],
      reference: [t('child.chart.under5'), t('child.chart.from5')],
      corrected: [t('child.chart.corrected'), t('child.chart.sinceBirth')],
    },
    number: (value) => number(value),
  }
}
