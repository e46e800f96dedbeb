/**
 * A chart in its own units to pixels for one width: paths, ticks, and where each label stands so that none hides another.
 * Redrawn for every width, so text never scales. Charts do not mirror: x grows to the right in every script, as on paper. Pure.
 */
import { scaleLinear, type ScaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { GrowthChart, ChartPoint, Step, ZLine } from './model.ts'

/** What the chart writes, in the page's language; its length decides margins and places. */
export interface ChartWords {
  readonly tick: (label: number | 'birth' | 'dueDate', last: boolean) => string
  readonly line: (line: ZLine) => string
  readonly unit: string
  /** of the last point: '8.5 kg' */
  readonly last: string | undefined
  readonly steps: Readonly<Record<Step['kind'], readonly [string, string]>>
  readonly number: (value: number) => string
}

export interface Placed { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end'; readonly text: string }
interface PlacedPoint { readonly x: number; readonly y: number; readonly point: ChartPoint; readonly last: boolean }

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  readonly bands: readonly { readonly d: string; readonly low: boolean }[]
  readonly lines: readonly { readonly d: string; readonly look: ZLine['look'] }[]
  readonly lineNames: readonly (Placed & { readonly look: ZLine['look'] })[]
  readonly grid: readonly { readonly y: number; readonly text: string }[]
  readonly ticks: readonly Placed[]
  readonly unit: Placed
  readonly steps: readonly { readonly x: number; readonly kind: Step['kind']; readonly names: readonly Placed[] }[]
  readonly cutOffs: readonly { readonly x1: number; readonly x2: number; readonly y: number; readonly name: Placed }[]
  /** the child's line: whole where visits may be joined, dotted across a change of table */
  readonly path: string
  readonly dotted: string
  readonly points: readonly PlacedPoint[]
  readonly sinceBirth: { readonly d: string; readonly points: readonly { readonly x: number; readonly y: number }[] } | undefined
  /** from the last value by age since birth to the last by corrected age */
  readonly early: { readonly x1: number; readonly x2: number; readonly y: number } | undefined
  readonly last: Placed | undefined
}

const LETTER = 7.2
const LINE_GAP = 16
const TICK_HEIGHT = 26

/** @param width of the place the chart has, in px */
export function drawChart(chart: GrowthChart, width: number, words: ChartWords): Drawing {
  const names = chart.lines.map((each) => words.line(each))
  const height = Math.round(Math.max(250, Math.min(340, width * 0.78)))
  const right = Math.max(34, ...names.map((name) => name.length * LETTER + 12))
  const steps = chart.steps.length > 0
  const values = [...chart.lines.flatMap(({ segments }) => segments.flatMap((part) => [part[0]?.y ?? 0, part.at(-1)?.y ?? 0])), ...chart.points.map(({ y }) => y), ...chart.sinceBirth.map(({ y }) => y)]
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]
  const pad = Math.max((high - low) * 0.03, 0.1)
  const plot = { left: 34, right: width - right, top: steps ? 40 : 26, bottom: height - TICK_HEIGHT - 8 }
  const x = scaleLinear([chart.domain.from, chart.domain.to], [plot.left, plot.right])
  const y = scaleLinear([low - pad, high + pad], [plot.bottom, plot.top])
  const path = line<{ readonly x: number; readonly y: number }>((at) => x(at.x), (at) => y(at.y)).digits(1)
  const points = chart.points.map((point, at) => ({ x: x(point.x), y: y(point.y), point, last: at === chart.points.length - 1 }))
  const joined = joins(chart, points)
  return {
    width, height, plot,
    bands: bandsOf(chart, x, y),
    lines: chart.lines.map(({ segments, look }) => ({ look, d: segments.map((part) => path(part) ?? '').join('') })),
    lineNames: nameLines(chart, names, plot.right, y),
    grid: y.ticks(width < 360 ? 5 : 6).filter((value) => y(value) > plot.top - 6 && y(value) < plot.bottom + 1).map((value) => ({ y: y(value), text: words.number(value) })),
    ticks: ticksOf(chart, x, height, words),
    unit: { x: plot.left - 8, y: plot.top - 12, anchor: 'end', text: words.unit },
    steps: chart.steps.map((step) => stepAt(step, x(step.x), plot, words)),
    cutOffs: chart.cutOffs.map((cut) => ({ x1: x(cut.from), x2: x(cut.to), y: y(cut.y), name: { x: x(cut.from) + 4, y: y(cut.y) + (cut === chart.cutOffs[0] ? -5 : 14), anchor: 'start' as const, text: `${words.number(cut.y)}\u00a0${words.unit}` } })),
    path: joined.whole, dotted: joined.dotted, points,
    sinceBirth: chart.sinceBirth.length === 0 ? undefined : { d: path(chart.sinceBirth) ?? '', points: chart.sinceBirth.map((at) => ({ x: x(at.x), y: y(at.y) })) },
    early: earlyArrow(chart, points, x),
    last: words.last === undefined ? undefined : nameLast(words.last, chart, points, plot, x, y),
  }
}

type Scale = ScaleLinear<number, number>

function bandsOf({ lines, band }: GrowthChart, x: Scale, y: Scale): Drawing['bands'] {
  const segmentsOf = (z: number): ZLine['segments'] => lines.find((each) => each.z === z)?.segments ?? []
  const between = (from: number, to: number, low: boolean): Drawing['bands'] => {
    const upper = segmentsOf(to)
    return segmentsOf(from).flatMap((part, at) => {
      const over = upper[at]
      if (over === undefined || over.length !== part.length) return []
      const shape = area<number>().digits(1).x((index) => x(part[index]?.x ?? 0)).y0((index) => y(part[index]?.y ?? 0)).y1((index) => y(over[index]?.y ?? 0))
      return [{ low, d: shape(part.map((_, index) => index)) ?? '' }]
    })
  }
  return [...between(-3, band.from, true), ...between(band.from, band.to, false)]
}

/** Names at the ends of the lines, pushed apart from the middle where they would touch. */
function nameLines({ lines }: GrowthChart, names: readonly string[], right: number, y: Scale): Drawing['lineNames'] {
  const ends = lines.map(({ segments, look }, at) => ({ look, text: names[at] ?? '', end: segments.at(-1)?.at(-1) })).flatMap(({ end, ...rest }) => (end === undefined ? [] : [{ ...rest, at: y(end.y) }]))
  const sorted = ends.toSorted((a, b) => b.at - a.at)
  let before = Number.POSITIVE_INFINITY
  const placed = sorted.map((each) => {
    before = Math.min(each.at, before - LINE_GAP)
    return { ...each, at: before }
  })
  // Pushed up from below, the block may sit too high: let it sink again as one.
  const shift = placed.length === 0 ? 0 : placed.reduce((sum, each, index) => sum + (sorted[index]?.at ?? 0) - each.at, 0) / placed.length
  return placed.map(({ look, text, at }, index) => ({ look, text, x: right + 7, y: at + (touches(placed, index) ? shift : 0) + 4.5, anchor: 'start' as const }))
}

const touches = (placed: readonly { readonly at: number }[], index: number): boolean => {
  const own = placed[index]?.at ?? 0
  return [index - 1, index + 1].some((other) => placed[other] !== undefined && Math.abs((placed[other]?.at ?? 0) - own) < LINE_GAP + 0.01)
}

function ticksOf({ domain }: GrowthChart, x: Scale, height: number, words: ChartWords): readonly Placed[] {
  let end = Number.NEGATIVE_INFINITY
  return domain.ticks.flatMap(({ x: at, label }, index) => {
    const text = words.tick(label, index === domain.ticks.length - 1)
    const half = (text.length * LETTER) / 2
    // The unit behind the last number must not push it off its tick.
    const shifted = index === domain.ticks.length - 1 && typeof label === 'number' ? half - (words.number(label).length * LETTER) / 2 : 0
    const place = { x: x(at) + shifted, y: height - 8, anchor: 'middle' as const, text }
    if (place.x - half < end + 6) return index === domain.ticks.length - 1 ? [place] : []
    end = place.x + half
    return [place]
  })
}

function stepAt({ kind }: Step, at: number, plot: Drawing['plot'], words: ChartWords): Drawing['steps'][number] {
  const [before, after] = words.steps[kind]
  const fits = (room: number, text: string): boolean => text.length * LETTER + 8 < room
  const names: Placed[] = []
  if (fits(at - plot.left, before)) names.push({ x: at - 7, y: plot.top - 22, anchor: 'end', text: before })
  if (fits(plot.right + 30 - at, after)) names.push({ x: at + 7, y: plot.top - 22, anchor: 'start', text: after })
  return { x: at, kind, names }
}

/** Neighbours are joined; across a change of table by dots; a doubted value by nothing. */
function joins({ steps }: GrowthChart, points: readonly PlacedPoint[]): { readonly whole: string; readonly dotted: string } {
  const sound = points.filter(({ point }) => !point.doubted)
  let [whole, dotted] = ['', '']
  for (const [index, to] of sound.entries()) {
    const from = sound[index - 1]
    if (from === undefined) continue
    const part = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`
    if (steps.some(({ x }) => from.point.x < x && to.point.x >= x)) dotted += part
    else whole += part
  }
  return { whole, dotted }
}

function earlyArrow({ sinceBirth }: GrowthChart, points: readonly PlacedPoint[], x: Scale): Drawing['early'] {
  const [last, other] = [points.at(-1), sinceBirth.at(-1)]
  if (last === undefined || other === undefined || x(other.x) - last.x < 34) return undefined
  return { x1: x(other.x) - 8, x2: last.x + 12, y: last.y }
}

/** Beside the last point, where it covers the fewest curves and points. */
function nameLast(text: string, chart: GrowthChart, points: readonly PlacedPoint[], plot: Drawing['plot'], x: Scale, y: Scale): Placed | undefined {
  const last = points.at(-1)
  if (last === undefined) return undefined
  const width = text.length * 8.4
  const other = chart.sinceBirth.at(-1)
  const arrow = other === undefined ? [] : along({ x: last.x + 10, y: last.y - 12 }, { x: x(other.x), y: last.y - 12 }).concat(along({ x: last.x + 10, y: last.y }, { x: x(other.x), y: last.y }))
  const ink = [...arrow, ...points.slice(0, -1).flatMap((point, index) => along(point, points[index + 1] ?? point)), ...chart.sinceBirth.map((at) => ({ x: x(at.x), y: y(at.y) })),
    ...chart.lines.flatMap(({ segments }) => segments.flatMap((part) => part.map((at) => ({ x: x(at.x), y: y(at.y) }))))]
  const candidates = [
    { dx: 0, dy: 27, anchor: 'middle' as const }, { dx: 0, dy: -16, anchor: 'middle' as const }, { dx: 14, dy: 5, anchor: 'start' as const },
    { dx: -8, dy: 27, anchor: 'end' as const }, { dx: -8, dy: -16, anchor: 'end' as const }, { dx: 8, dy: 27, anchor: 'start' as const }, { dx: 8, dy: -16, anchor: 'start' as const },
    { dx: 0, dy: 44, anchor: 'middle' as const }, { dx: 0, dy: -32, anchor: 'middle' as const },
  ]
  const scored = candidates.map(({ dx, dy, anchor }, order) => {
    const at = { x: last.x + dx, y: last.y + dy, anchor, text }
    const start = anchor === 'start' ? at.x : anchor === 'end' ? at.x - width : at.x - width / 2
    const box = { left: start - 3, right: start + width + 3, top: at.y - 14, bottom: at.y + 4 }
    const outside = box.left < plot.left - 4 || box.right > plot.right + 26 || box.top < plot.top - 14 || box.bottom > plot.bottom + 4
    const covered = ink.filter((dot) => dot.x > box.left && dot.x < box.right && dot.y > box.top && dot.y < box.bottom).length
    return { at, cost: covered + (outside ? 1000 : 0) + order * 0.2 }
  })
  return scored.toSorted((a, b) => a.cost - b.cost)[0]?.at
}

/** Dots along a stretch of the child's line, counted double: it matters more than the curves. */
function along(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }): readonly { readonly x: number; readonly y: number }[] {
  const count = Math.max(1, Math.round(Math.abs(to.x - from.x) / 4))
  return Array.from({ length: count + 1 }, (_, at) => ({ x: from.x + ((to.x - from.x) * at) / count, y: from.y + ((to.y - from.y) * at) / count })).flatMap((dot) => [dot, dot])
}
