/**
 * A growth chart of fifty visits: worked out, laid out and in the page. In Node: model and geometry alone. In the browser: from the
 * choice of a tab until the new chart is in the document with its layout done, medians over the six charts and rounds; the baseline is
 * the same measure for a button that draws nothing. Budget: 30 ms.
 */
import { childFromFhir, measurementToFhir, type Resource } from '@bairn/fhir'
import { loadEditions } from '@bairn/knowledge'
import type { Measurement } from '@bairn/plan'
import { addDays, centimetres, formatDay, kilograms, millimetres } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { rmSync } from 'node:fs'
import { drawChart, type ChartWords } from '../apps/web/growth/geometry.ts'
import { historyOf } from '../apps/web/growth/history.ts'
import { CHARTS, growthChart } from '../apps/web/growth/model.ts'
import { launchBrowser } from '../tests/browser/browser.ts'
import { buildPage } from '../tests/browser/build.ts'
import { startChildServer } from '../tests/browser/childServer.ts'
import { TODAY } from '../tests/browser/fixture.ts'

const birth = addDays(TODAY, -1500)
const visits = Array.from({ length: 50 }, (_, index) => {
  const [day, age] = [addDays(birth, index * 30), index * 30]
  const at = (kind: string) => ({ id: `Observation/fifty-${index}-${kind}`, day })
  return [
    { ...at('w'), kind: 'weight', value: kilograms(Number((3.3 + 12 * (age / 1500) ** 0.6).toFixed(1))) },
    { ...at('l'), kind: 'length', value: centimetres(Number((50 + 50 * (age / 1500) ** 0.6).toFixed(1))), position: age < 731 ? 'lying' : 'standing' },
    { ...at('m'), kind: 'muac', value: millimetres(130 + Math.round(age / 60)) },
    { ...at('h'), kind: 'headCircumference', value: centimetres(Number((35 + 14 * (age / 1500) ** 0.4).toFixed(1))) },
  ] satisfies Measurement[]
}).flat()
const patient: Resource = { resourceType: 'Patient', id: 'fifty', gender: 'male', birthDate: formatDay(birth), name: [{ text: 'Fifty visits' }] }
const resources = [patient, ...visits.map((fact) => measurementToFhir(fact, { child: 'Patient/fifty' }))]

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number
const editions = await loadEditions()
const facts = childFromFhir(resources, { convert: convertUcum, on: TODAY })
if (facts === undefined) throw new Error('no child')
const input = { facts, references: editions.growth, nutrition: editions.nutrition, on: TODAY, scores: [] }
const words: ChartWords = { tick: String, line: ({ z }) => String(z), unit: 'kg', last: '15 kg', steps: { standing: ['a', 'b'], reference: ['a', 'b'], corrected: ['a', 'b'] }, number: String }
const timed = (run: () => unknown): number => {
  for (let round = 0; round < 20; round++) run()
  return median(Array.from({ length: 60 }, () => {
    const before = performance.now()
    run()
    return performance.now() - before
  }))
}
const history = historyOf(input)
console.log(`Node: scores of fifty visits ${timed(() => historyOf(input)).toFixed(2)} ms; one chart worked out and laid out ${(timed(() => CHARTS.map((id) => drawChart(growthChart(id, input, history), 400, words))) / CHARTS.length).toFixed(2)} ms`)

const launched = await launchBrowser()
if ('missing' in launched) console.log(`browser not here: ${launched.missing}`)
else {
  const folder = await buildPage()
  const server = await startChildServer(folder)
  for (const resource of resources) server.put(resource)
  const page = await launched.browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${server.url}/child/fifty`)
  await page.locator('.chart .pt').first().waitFor()
  const result = await page.evaluate(async () => {
    const middle = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number
    // Preact draws in a microtask or soon after; the clock stops when the document has changed and its layout is known.
    const until = (act: () => void, root: Element): Promise<number> => new Promise((done) => {
      const before = performance.now()
      const seen = new MutationObserver(() => {
        void document.body.offsetHeight
        seen.disconnect()
        done(performance.now() - before)
      })
      seen.observe(root, { childList: true, subtree: true, attributes: true })
      act()
    })
    const panel = document.querySelector('.growth') as Element
    const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')]
    const charts: number[] = []
    for (let round = 0; round < 12; round++) for (const tab of tabs) if (tab.getAttribute('aria-selected') !== 'true') charts.push(await until(() => tab.click(), panel))
    const why = document.querySelector<HTMLElement>('.fold-b') as HTMLElement
    const nothing: number[] = []
    for (let round = 0; round < 24; round++) nothing.push(await until(() => why.click(), document.querySelector('.plan') as Element))
    return { chart: middle(charts), worst: Math.max(...charts), nothing: middle(nothing), count: charts.length }
  })
  console.log(`browser: chart of fifty visits drawn in ${result.chart.toFixed(1)} ms (budget 30), worst of ${result.count} ${result.worst.toFixed(1)} ms; baseline, opening a "Why?": ${result.nothing.toFixed(1)} ms`)
  await launched.browser.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
}
