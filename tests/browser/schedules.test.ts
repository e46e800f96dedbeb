/** Schedules to review and compare, and a child between two countries: what the pages say, by keyboard and on paper, in every language and theme. */
import assert from 'node:assert/strict'
import { before, test, type TestContext } from 'node:test'
import { loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import type { Page } from 'playwright-core'
import { startChildServer, stored, type ChildServer } from './childServer.ts'
import { browserFor, eventually, faultsIn, LANGUAGES, looksOf, newPage, type Look } from './page.ts'

const LOOKS = looksOf(process.env['BAIRN_PROVE'] === '1')
before(async () => { for (const language of LANGUAGES) await loadMessages(language) })

async function open(t: TestContext, path: string, look: Look = {}): Promise<{ readonly page: Page; readonly server: ChildServer; readonly errors: readonly string[] } | undefined> {
  const found = await browserFor(t)
  if (found === undefined) return undefined
  const server = await startChildServer(found.folder)
  t.after(() => server.close())
  const { page, errors } = await newPage(found.browser, look)
  await page.goto(`${server.url}${path}`)
  await page.locator('h1').locator('visible=true').first().waitFor()
  return { page, server, errors }
}
const words = async (page: Page, selector: string): Promise<string> => (await page.locator(selector).first().innerText()).replaceAll(/\s+/g, ' ').trim()

test('the list: reached from the bar, full editions say year, review and whose rules; two hundred others are found by typing', async (t) => {
  const here = await open(t, '/about')
  if (here === undefined) return
  const { page, errors } = here
  await page.getByRole('navigation').getByRole('link', { name: 'Schedules' }).click()
  await page.locator('.slist li').first().waitFor()
  assert.equal(await page.locator('.slist li').count(), 14)
  assert.match(await words(page, '.slist li:has-text("Kenya")'), /Reported for 2023.*WHO’s rules stand in where its own are not confirmed.*Past its review date, 5 July 2026/)
  assert.match(await words(page, '.slist li:has-text("CDC")'), /Its own rules decide.*Review by 31 December 2026/)
  await page.getByLabel('Find a country').fill('ugan')
  await eventually(async () => assert.deepEqual(await page.locator('section[aria-labelledby=reference] a b').allInnerTexts(), ['Uganda']))
  await page.getByRole('link', { name: /Uganda/ }).click()
  await page.getByText('For reference only: Bairn judges no dose by it.').waitFor()
  assert.match(await words(page, '.reported tr:has-text("DTwP-Hib-HepB")'), /6 weeks, 10 weeks, 14 weeks/)
  assert.doesNotMatch(await words(page, 'main'), /\b(due|overdue)\b/i)
  assert.deepEqual(errors, [])
})

test('an edition: nobody has confirmed it, past its review, doses by age, borrowed figures marked, rules needing review', async (t) => {
  const here = await open(t, '/schedules/ken-2023')
  if (here === undefined) return
  const { page, errors } = here
  await page.locator('.eg').waitFor()
  assert.match(await words(page, '.meta'), /Read for Bairn by nobody yet Confirmed in the country by nobody yet/)
  assert.match(await words(page, '.past'), /Past its review date by 4 months/)
  const malaria = page.locator('.eg tbody tr', { hasText: 'Malaria' })
  assert.deepEqual((await malaria.locator('.dn.some .vh').allTextContents()), [1, 2, 3, 4].map((number) => `dose ${number}, only in some places`))
  assert.equal(await page.locator('.series').count(), 0, 'doses are drawn when they are asked for')
  const diphtheria = page.locator('.folds summary', { hasText: 'Diphtheria' })
  await diphtheria.focus()
  await diphtheria.press('Enter')
  const second = page.locator('.doses tbody tr').nth(1)
  assert.match((await second.innerText()).replaceAll(/\s+/g, ' '), /^2 10 weeks not stated 4 weeks WHO 14 weeks/)
  await page.locator('summary', { hasText: 'Every rule' }).click()
  await page.locator('.rules li', { hasText: 'national.ken-2023.age.tooYoung' }).getByText('Needs clinical review').waitFor()
  assert.deepEqual(errors, [])
})

test('sources that differ are told one by one, in the reader’s language', async (t) => {
  const here = await open(t, '/schedules/NG', { language: 'fr' })
  if (here === undefined) return
  const differ = here.page.locator('.unsure li', { hasText: 'Malaria' })
  assert.match(await differ.innerText(), /n’est pas dans le rapport de 2023[\s\S]*est donné à 5, 6, 7 et 15 mois/)
})

test('the United States: 143 series, quickly on screen, those for risks folded and drawn when opened', async (t) => {
  const here = await open(t, '/schedules/cdsi-4.64')
  if (here === undefined) return
  const { page, errors } = here
  const hepatitis = page.locator('.folds > .fd', { hasText: 'Hepatitis B' }).first()
  await hepatitis.locator('summary').first().click()
  const before = await hepatitis.locator('.series').count()
  await hepatitis.locator('.fd summary', { hasText: 'For children at risk' }).click()
  await eventually(async () => assert.ok(await hepatitis.locator('.series').count() > before))
  await page.locator('.eg tbody tr').first().waitFor()
  assert.match(await words(page, '.grid-legend'), /flu \(in its season\)/)
  assert.deepEqual(errors, [])
})

test('printed, an edition shows every disease and a line to sign; on screen it folds again', async (t) => {
  const here = await open(t, '/schedules/ken-2023')
  if (here === undefined) return
  const { page } = here
  const series = (await loadImmunizationEdition('ken-2023'))?.antigens.reduce((sum, antigen) => sum + antigen.series.length, 0)
  await page.evaluate(() => { window.print = () => { document.body.dataset['drawn'] = String(document.querySelectorAll('.series').length) } })
  await page.locator('.eg').waitFor()
  await page.getByRole('button', { name: 'Print' }).click()
  await eventually(async () => assert.equal(await page.evaluate(() => document.body.dataset['drawn']), String(series)))
  await eventually(async () => assert.equal(await page.locator('.series').count(), 0))
  await page.emulateMedia({ media: 'print' })
  assert.match(await words(page, '.sign'), /Reviewed by Role Date/)
  assert.equal(await page.locator('.bar').isVisible(), false)
})

test('compared: only the lines that differ, each schedule’s own words', async (t) => {
  const here = await open(t, '/schedules/ken-2023')
  if (here === undefined) return
  const { page } = here
  await page.getByLabel('Compare with').selectOption('deu-2023')
  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  await page.getByRole('heading', { name: 'Kenya against Germany' }).waitFor()
  await page.locator('.differ tbody tr').first().waitFor()
  assert.match(await words(page, '.differ tr:has-text("Chickenpox")'), /only in one not in the schedule 2 doses: 11 months and 15 months/)
  assert.match(await words(page, '.differ tr:has-text("Malaria")'), /only in some places not in the schedule/)
  assert.match(await words(page, '.count'), /^\d+ lines differ\./)
})

test('Kenya to the United States: the plan, the decision a disease in words, why each dose, the differences', async (t) => {
  const here = await open(t, '/stories/kenya-usa')
  if (here === undefined) return
  const { page, errors } = here
  await page.locator('.catch-up').waitFor()
  assert.deepEqual(await page.locator('.cu h3').allInnerTexts(), ['Today, 15 March 2026', 'From 12 April 2026', 'From 15 September 2026'])
  assert.match(await words(page, '.cu > div:nth-child(3)'), /at least 6 months after an earlier dose/)
  const measles = page.getByRole('group', { name: 'Measles and rubella' })
  assert.match(await measles.locator('.dec').innerText(), /1 dose to give[\s\S]*given at 9 months; it counts from 12 months less 4 days on/)
  await measles.getByRole('button', { name: /Why\?/ }).press('Enter')
  assert.match(await measles.locator('.whybox').innerText(), /4 June 2025[\s\S]*cdc\.cdsi|4 June 2025[\s\S]*age\.tooYoung/)
  assert.match(await measles.locator('.tk').innerText(), /given at 9 months\s*does not count/)
  await page.getByText('Against chickenpox: only in the schedule of the United States').waitFor()
  assert.deepEqual(errors, [])
})

test('Nigeria to the United Kingdom: never invalid there; whose rule it was, and what to ask first', async (t) => {
  const here = await open(t, '/stories/nigeria-united-kingdom')
  if (here === undefined) return
  const { page } = here
  await page.locator('.catch-up').waitFor()
  assert.match(await words(page, '.q:has-text("not counted")'), /Not counted by WHO’s rules; this country’s own rule is not confirmed here\./)
  assert.match(await words(page, '.q:has-text("Ask first")'), /hepatitis B.*: the dose of 16 December 2024 counts by the rules of WHO/)
  assert.doesNotMatch(await words(page, 'main'), /invalid/i)
  await page.getByText('Up to date by WHO’s rules').first().waitFor()
})

test('a child of the record: from the child’s page, to a country with rules, to one that only reported, and back', async (t) => {
  const here = await open(t, '/child/akinyi')
  if (here === undefined) return
  const { page, errors } = here
  await page.getByRole('link', { name: 'Moving to…' }).first().click()
  await page.getByRole('heading', { name: /Where does .?Akinyi Otieno.? move/ }).waitFor()
  await page.getByLabel('To', { exact: true }).selectOption('GB')
  await page.getByRole('heading', { name: /Akinyi Otieno.? moves: Kenya to United Kingdom/ }).waitFor()
  await page.locator('.ts').waitFor()
  assert.match(page.url(), /\/child\/akinyi\/move\?from=KE&to=GB$/)
  await page.getByLabel('To', { exact: true }).selectOption('UG')
  await page.getByText('Bairn cannot decide by the schedule of Uganda.').waitFor()
  assert.equal(await page.locator('.ts').count(), 0)
  assert.match(await words(page, '.only'), /Uganda reported for 2023[\s\S]*6 weeks, 10 weeks, 14 weeks/)
  await page.getByRole('link', { name: 'Back to the child' }).click()
  await page.locator('.plan h2').waitFor()
  assert.deepEqual(errors, [])
})

test('a dose of which only the month is known: decided where no day changes the answer, asked for where one does', async (t) => {
  const here = await open(t, '/about')
  if (here === undefined) return
  const { page, server } = here
  const dose = (id: string, cvx: string, month: string) => ({ resourceType: 'Immunization', id, status: 'completed', patient: { reference: 'Patient/akinyi' }, vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: cvx }] }, occurrenceDateTime: month })
  const { birthDate } = stored(server, 'Patient/akinyi') as { readonly birthDate?: string }
  const [year = 0, month = 0] = (birthDate ?? '').split('-').map(Number)
  const after = (count: number): string => `${year + Math.floor((month - 1 + count) / 12)}-${String((month - 1 + count) % 12 + 1).padStart(2, '0')}`
  // Measles counts from the first birthday less four days in the United States: the month of the birthday is open, the next one is not.
  server.put(dose('open-month', '05', after(12)))
  server.put(dose('whole-month', '83', after(13)))
  await page.goto(`${server.url}/child/akinyi/move?from=KE&to=US`)
  await page.locator('.ts').waitFor()
  const asked = page.locator('.catch-up .q', { hasText: 'could not be decided' })
  assert.match(await words(page, '.catch-up'), /Measles.*given between .* and .*: the day is not known\. Look at the card/i)
  assert.equal(await asked.locator('li').count(), 1, 'the other is decided')
  const hepatitis = page.locator('.ts .tr', { hasText: 'Hepatitis A' })
  await hepatitis.getByRole('button', { name: /Why/ }).click()
  assert.match(await words(page, '.ts'), /Counts against hepatitis A in the schedule of the United States, on each of the days tried from/)
})

test('without the day of birth nothing is decided, and it says what to do', async (t) => {
  const here = await open(t, '/child/zeinabou/move?from=KE&to=US')
  if (here === undefined) return
  await here.page.getByText('The day of birth is not known.').waitFor()
  assert.equal(await here.page.locator('.catch-up').count(), 0)
})

const SCREENS: Readonly<Record<string, (page: Page, server: ChildServer) => Promise<unknown>>> = {
  'all schedules': async (page, server) => {
    await page.goto(`${server.url}/schedules`)
    await page.locator('.slist li').first().waitFor()
  },
  'an edition, a disease and the rules open': async (page, server) => {
    await page.goto(`${server.url}/schedules/nga-2026`)
    await page.locator('.grid-sheet').waitFor()
    for (const at of [0, 6]) await page.locator('.folds summary').nth(at).click()
    await page.locator('section[aria-labelledby=rules] summary').first().click()
    await page.locator('.rules').waitFor()
  },
  'what a country reported': async (page, server) => {
    await page.goto(`${server.url}/schedules/CI`)
    await page.locator('.reported').waitFor()
  },
  'two compared': async (page, server) => {
    await page.goto(`${server.url}/schedules/cdsi-4.64?with=ken-2023`)
    await page.locator('.differ').waitFor()
  },
  'a child who moves, "Why?" open': async (page, server) => {
    await page.goto(`${server.url}/stories/nigeria-united-kingdom`)
    await page.locator('.ts .fold-b').first().click()
    await page.locator('.whybox').waitFor()
  },
}

for (const [screen, show] of Object.entries(SCREENS)) test(`${screen}: every language, theme and width`, async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  assert.deepEqual(await faultsIn(found.browser, LOOKS, () => startChildServer(found.folder), show), [])
})
