/** Writes `docs/editions.md`: which schedules there are, whose rules decide in them, what is not known. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { formatMessage, IMMUNIZATION_EDITIONS, listImmunizationEditions, loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import { ROOT } from '../boundaries.ts'

export const EDITIONS_DOC = path.join(ROOT, 'docs/editions.md')
export const writeEditionsDoc = async (): Promise<void> => writeFileSync(EDITIONS_DOC, await editionsDoc())

export async function editionsDoc(): Promise<string> {
  await loadMessages('en')
  const editions = (await Promise.all(IMMUNIZATION_EDITIONS.map(async (id) => ({ id, edition: await loadImmunizationEdition(id) })))).flatMap(({ id, edition }) => edition === undefined ? [] : [{ id, edition }])
  const reference = (await listImmunizationEditions()).filter(({ kind }) => kind === 'reference')
  const count = (set: Iterable<unknown>): number => [...set].length
  const table = editions.map(({ id, edition: { country, authority, reportedYear, effective, reviewBy, validity, antigens, unknown = [], observations } }) => {
    const own = antigens.flatMap(({ name, series }) => series.some(({ doses }) => doses.some(({ ages, intervals }) => ages.some(({ ownMax }) => ownMax === true) || intervals.some((interval) => interval.own === true))) ? [name] : [])
    const places = Object.keys(observations).filter((code) => code.startsWith('place-')).map((code) => code.replace('place-', ''))
    return `| \`${id}\` | ${country} | ${authority} | ${reportedYear ?? effective.slice(0, 4)} | ${reviewBy} | ${validity === 'own' ? 'its own' : `${validity.borrowed.replace('immunization/', '')}${own.length === 0 ? '' : `; its own for: ${own.join(', ')}`}`} | ${count(antigens)} | ${places.join(', ')} | ${validity === 'own' ? '' : unknown.length} |`
  })
  const settings = editions.filter(({ edition }) => !edition.borrowed && edition.country === '001').flatMap(({ edition }) => Object.entries(edition.observations)).filter(([code]) => /^(?:setting|child)-/.test(code)).map(([code, { title }]) => `| \`${code}\` | ${title} |`)
  const unknown = editions.filter(({ edition }) => (edition.unknown ?? []).length > 0).flatMap(({ id, edition }) => [
    `**\`${id}\`**`, '', ...(edition.unknown ?? []).map(({ about, kind }) => `- ${formatMessage({ key: `immunization.unknown.${kind}`, params: { what: { text: about } } }, 'en')}`),
    ...(edition.disagreements ?? []).map(({ about, says }) => `- ${about}: the sources differ. ${Object.entries(says).map(([letter, words]) => `${letter}: ${words['en']}`).join('; ')}.`), '',
  ])
  return `# Immunization editions

Written by \`npm run editions\`. A country is a folder below \`knowledge/immunization\` and no code: \`edition.json\` says whose schedule it is and what is not known, \`national.json\` holds the dose lines of its sources, \`schedule.json\` is compiled from them.

Whose rules decide: where a country's own rules for whether a dose counts are not confirmed, WHO's are borrowed and every such sentence says so. Where it recommends a dose earlier than WHO's minimum, the dose counts there. Overdue is the end of the reported window, or 4 weeks after the recommended age (\`national-policy.json\`, policy).

| edition | country | authority | year | review by | whether a dose counts | antigens | asked for by \`place-…\` (some places only) | unknown |
|---|---|---|---|---|---|---|---|---|
${table.join('\n')}

Another ${reference.length} countries and areas have what they reported to WHO and UNICEF, for reference only (\`loadReferenceSchedule\`): recommended ages with the year of the report, never anything due.

## Settings and children, as observations of the WHO edition

| code | what |
|---|---|
${settings.join('\n')}

## Not known

${unknown.join('\n').trimEnd()}
`
}
