/** Where things stand on the chart: inside it, and not on each other. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '@bairn/quantities'
import { ageDomain, lengthDomain } from './domain.ts'
import { drawChart, type ChartWords, type Drawing } from './geometry.ts'
import type { ChartPoint, GrowthChart } from './model.ts'

const MONTH = 30.4375
const words: ChartWords = {
  tick: (label, last) => (typeof label === 'number' ? `${label}${last ? ' mo' : ''}` : 'Birth'), line: ({ z }) => (z === 0 ? 'median' : String(z)), unit: 'kg', last: '8.5 kg',
  steps: { standing: ['lying', 'standing'], reference: ['to 5 years', 'from 5 years'], corrected: ['corrected', 'since birth'] }, number: String,
}
const point = (x: number, y: number, more: Partial<ChartPoint> = {}): ChartPoint => ({ day: Math.round(x) as Day, x, y, notes: [], doubted: false, shape: 'circle', value: { number: y }, ...more })
const line = (z: number, y: number): GrowthChart['lines'][number] => ({ z, look: z === 0 ? 'median' : 'plain', segments: [[{ x: 0, y }, { x: 24 * MONTH, y: y + 1 }]] })
const chart = (more: Partial<GrowthChart> = {}): GrowthChart => ({
  id: 'weight', unit: 'kg', domain: ageDomain([18 * MONTH], { corrected: false, from5: 60 * MONTH }), lines: [line(-3, 3), line(-2, 3.2), line(0, 8), line(2, 11)], band: { from: -2, to: 2 },
  points: [point(180, 7), point(360, 8), point(540, 8.5)], sinceBirth: [], steps: [], cutOffs: [], say: [], caption: { key: 'x' }, ...more,
})
const inside = ({ plot }: Drawing, { x, y }: { readonly x: number; readonly y: number }): boolean => x >= plot.left && x <= plot.right && y >= plot.top && y <= plot.bottom

for (const width of [288, 328, 400, 640]) test(`${width} px: every point lies in the plot, later visits further right, heavier ones higher`, () => {
  const drawing = drawChart(chart(), width, words)
  assert.ok(drawing.points.every((each) => inside(drawing, each)))
  for (const [at, each] of drawing.points.slice(1).entries()) {
    assert.ok(each.x > (drawing.points[at]?.x ?? 0))
    assert.ok(each.y < (drawing.points[at]?.y ?? 0))
  }
})

test('names at the ends of the lines keep 16 px between them', () => {
  const ys = drawChart(chart(), 400, words).lineNames.map(({ y }) => y).toSorted((a, b) => a - b)
  for (const [at, y] of ys.slice(1).entries()) assert.ok(y - (ys[at] ?? 0) > 15.9, ys.join(' '))
})

test('the last value is written inside the chart, at every corner', () => {
  for (const [x, y] of [[20, 3], [20, 11.5], [720, 3], [720, 11.8], [360, 7]] as const) {
    const drawing = drawChart(chart({ points: [point(x, y)] }), 328, words)
    const last = drawing.last
    assert.ok(last !== undefined && last.y > 0 && last.y < drawing.height && last.x > 0 && last.x < drawing.width)
  }
})

test('visits are joined; across a step by dots, a doubted value by nothing', () => {
  const plain = drawChart(chart(), 400, words)
  assert.equal(plain.path.split('M').length - 1, 2)
  assert.equal(plain.dotted, '')
  const stepped = drawChart(chart({ steps: [{ x: 400, kind: 'standing' }] }), 400, words)
  assert.deepEqual([stepped.path.split('M').length - 1, stepped.dotted.split('M').length - 1], [1, 1])
  const doubted = drawChart(chart({ points: [point(180, 7), point(360, 11), point(540, 8.5)].map((each, at) => ({ ...each, doubted: at === 1 })) }), 400, words)
  assert.equal(doubted.path.split('M').length - 1, 1)
})

test('band and lines are drawn once for each part of a broken line', () => {
  const broken = (z: number, y: number): GrowthChart['lines'][number] => ({ z, look: 'plain', segments: [[{ x: 0, y }, { x: 300, y }], [{ x: 301, y }, { x: 700, y }]] })
  const drawing = drawChart(chart({ lines: [broken(-3, 3), broken(-2, 4), broken(0, 6), broken(2, 9)] }), 400, words)
  assert.deepEqual(drawing.bands.map(({ low }) => low), [true, true, false, false])
})

for (const { age, corrected, unit, to } of [
  { age: 0, corrected: false, unit: 'week', to: 182 }, { age: 175, corrected: true, unit: 'week', to: 182 }, { age: 190, corrected: false, unit: 'month', to: 12 * MONTH },
  { age: 18 * MONTH, corrected: false, unit: 'month', to: 24 * MONTH }, { age: 24 * MONTH, corrected: false, unit: 'month', to: 36 * MONTH }, { age: 58 * MONTH, corrected: false, unit: 'month', to: 60 * MONTH },
  { age: 9 * 12 * MONTH, corrected: false, unit: 'year', to: 10 * 12 * MONTH }, { age: 18.9 * 12 * MONTH, corrected: false, unit: 'year', to: 19 * 12 * MONTH },
]) test(`the axis of a child of ${Math.round(age)} days ends at ${Math.round(to)}, in ${unit}s`, () => {
  const domain = ageDomain([age], { corrected, from5: 60 * MONTH })
  assert.deepEqual([domain.unit, domain.to], [unit, to])
  assert.ok(domain.ticks.every(({ x }) => x >= domain.from && x <= domain.to))
})

test('an older child’s chart begins near the first visit, not at birth', () => {
  assert.equal(ageDomain([11.2 * 12 * MONTH, 14.1 * 12 * MONTH], { corrected: false, from5: 60 * MONTH }).from, 10 * 12 * MONTH)
})
test('lengths are shown in steps of 5 cm and never beyond the table', () => {
  assert.deepEqual([lengthDomain([66, 79.2], { from: 45, to: 110 }).from, lengthDomain([66, 79.2], { from: 45, to: 110 }).to], [60, 90])
  assert.equal(lengthDomain([119], { from: 65, to: 120 }).to, 120)
  assert.deepEqual(lengthDomain([], { from: 45, to: 110 }).ticks.at(-1), { x: 110, label: 110 })
})
