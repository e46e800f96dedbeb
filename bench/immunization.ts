/**
 * The whole United States schedule, every series, reasons on: invented children with histories (delays, doses too early, gaps). Children a
 * second on one thread, the slowest of a hundred; loading the edition; and the same children through JSON as `bairn forecast` reads and
 * writes them. Budgets: 10,000 children/s, p99 2 ms, load 50 ms, 2,000 lines/s. Baseline in the same run: one child as JSON and back.
 */
import { readFileSync } from 'node:fs'
import { forecastToFhir, readForecastRequest, setAsideIssues } from '@bairn/fhir'
import { decodeImmunizationEdition, immunize, type DoseAdministered, type ImmunizationFacts, type ImmunizationFigures, type ScheduleData } from '@bairn/immunization'
import { formatMessage, loadMessages } from '@bairn/knowledge'
import { addDays, dayOf, formatDay } from '@bairn/quantities'

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../knowledge/immunization/cdsi-4.64/${file}`, import.meta.url), 'utf8'))
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number
const before = performance.now()
const edition = decodeImmunizationEdition(read('edition.json') as ImmunizationFigures, read('schedule.json') as ScheduleData)
const firstLoad = performance.now() - before
const loads = Array.from({ length: 5 }, () => {
  const start = performance.now()
  decodeImmunizationEdition(read('edition.json') as ImmunizationFigures, read('schedule.json') as ScheduleData)
  return performance.now() - start
})
console.log(`edition read, checked and decoded: first ${firstLoad.toFixed(1)} ms, then ${median(loads).toFixed(1)} ms (budget 50)`)

// A linear congruential generator: the same children in every run.
let seed = 20261124
const random = (): number => { seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff; return seed / 0x80000000 }
const on = dayOf({ year: 2025, month: 11, day: 10 })
const VISITS: readonly (readonly [week: number, ...cvx: readonly string[]])[] = [
  [0, '08'], [9, '110', '49', '133', '116'], [17, '110', '49', '133', '116'], [26, '110', '133', '116'], [53, '03', '21', '83', '133'], [60, '20', '49'], [80, '83'], [110, '140'], [214, '130', '03', '21'],
]
function history(): ImmunizationFacts {
  const birthDate = addDays(on, -Math.floor(60 + random() * 2400))
  const doses: DoseAdministered[] = []
  for (const [week, ...vaccines] of VISITS) {
    if (random() < 0.12) continue
    const date = addDays(birthDate, Math.max(0, week * 7 + Math.floor(random() ** 2 * 80) - 3))
    if (date <= on) for (const cvx of vaccines) if (random() < 0.95) doses.push({ id: `d${doses.length}`, date, cvx })
  }
  return { birthDate, sex: random() < 0.5 ? 'female' : 'male', doses, observations: [] }
}
const CHILDREN = 20_000
const children = Array.from({ length: CHILDREN }, history)
const doses = children.reduce((sum, child) => sum + child.doses.length, 0)
for (const child of children.slice(0, 2000)) immunize(child, edition, { assessment: on })
const rounds = Array.from({ length: 5 }, () => {
  const start = performance.now()
  for (const child of children) immunize(child, edition, { assessment: on })
  return performance.now() - start
})
const each = children.map((child) => {
  const start = performance.now()
  immunize(child, edition, { assessment: on })
  return performance.now() - start
}).toSorted((a, b) => a - b)
console.log(`${CHILDREN} children, ${(doses / CHILDREN).toFixed(1)} doses each: ${(CHILDREN / median(rounds) * 1000).toFixed(0)} children/s (budget 10000); one: median ${median(each).toFixed(3)} ms, p99 ${(each[Math.floor(CHILDREN * 0.99)] as number).toFixed(3)} ms (budget 2)`)

await loadMessages('en')
const lines = children.slice(0, 5000).map(({ birthDate, sex, doses: given }, index) => JSON.stringify({ resourceType: 'Parameters', id: `c${index}`, parameter: [
  { name: 'assessmentDate', valueDate: formatDay(on) }, { name: 'patient', resource: { resourceType: 'Patient', id: 'p', birthDate: formatDay(birthDate), gender: sex } },
  ...given.map(({ id, date, cvx }) => ({ name: 'immunization', resource: { resourceType: 'Immunization', id, status: 'completed', patient: { reference: 'Patient/p' }, vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: cvx }] }, occurrenceDateTime: formatDay(date) } })),
] }))
let bytes = 0
const through = Array.from({ length: 3 }, () => {
  const start = performance.now()
  for (const line of lines) {
    const request = readForecastRequest(JSON.parse(line), edition)
    if (request.facts === undefined || request.assessment === undefined) continue
    const found = immunize(request.facts, edition, { assessment: request.assessment })
    bytes += JSON.stringify(forecastToFhir({ request, found, edition, issues: [...request.issues, ...setAsideIssues(found, edition)], say: (message) => formatMessage(message, 'en') })).length
  }
  return performance.now() - start
})
const baseline = Array.from({ length: 3 }, () => {
  const start = performance.now()
  for (const line of lines) bytes += JSON.stringify(JSON.parse(line)).length
  return performance.now() - start
})
console.log(`JSON in and out: ${(lines.length / median(through) * 1000).toFixed(0)} children/s (budget 2000); baseline, the request parsed and written: ${(lines.length / median(baseline) * 1000).toFixed(0)}/s, ratio ${(median(through) / median(baseline)).toFixed(1)}; ${bytes > 0 ? (bytes / 6 / lines.length / 1024).toFixed(1) : 0} kB a child`)
