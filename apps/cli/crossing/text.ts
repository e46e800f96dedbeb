/** A transfer as text for a terminal or a printer: decisions by disease, differences, the catch-up, and what comes later. */
import type { DoseDecision, ImmunizationEdition } from '@bairn/immunization'
import { formatAge, formatMessage, getLanguage, isPastReview, type Language } from '@bairn/knowledge'
import { addPeriod, years, type Day } from '@bairn/quantities'
import { editionTitle, type Message } from '@bairn/reasoning'
import type { Moved } from './index.ts'

interface Said { readonly from: ImmunizationEdition; readonly to: ImmunizationEdition; readonly on: Day; readonly language: Language }

/** The whole answer, ending with a line break. */
export function formatTransfer({ patient, name, birthDate, sex, found, issues }: Moved, { from, to, on, language }: Said): string {
  const say = (message: Message): string => formatMessage(message, language)
  const age = (day: Day): string => formatAge({ birth: birthDate, on: day }, language)
  const { decisions, differences, plan, ask } = found
  const lines: string[] = [
    say({ key: 'assess.headline', params: { name: { text: name ?? patient }, sex: { sex }, age: { message: { key: 'assess.born', params: { sex: { sex }, age: { text: age(on) }, day: { day: birthDate } } } } } }),
    say({ key: 'crossing.moves', params: { from: { message: editionTitle(from) }, to: { message: editionTitle(to) }, day: { day: on } } }),
    '',
  ]
  const section = (key: string, entries: readonly string[]): void => { if (entries.length > 0) lines.push(say({ key }), ...entries.map((entry) => `  ${entry}`), '') }

  section('crossing.decisions', [...Map.groupBy(decisions, ({ disease }) => disease ?? '').values()].flatMap((same) => decisionLines(same, { from, to }, say)))
  section('crossing.ask', ask.map(({ text }) => say(text)))
  section('crossing.catchUp', [
    ...(to.borrowed ? [say({ key: 'immunization.catchUp.borrowed' })] : []),
    ...(plan.visits.length === 0 ? [say({ key: 'immunization.catchUp.nothing' })] : plan.visits.flatMap((visit) => [
      say({ key: 'immunization.catchUp.visit', params: { today: { code: visit.day === on ? 'yes' : 'no' }, day: { day: visit.day }, count: { number: visit.doses.length } } }),
      ...visit.doses.map(({ text }) => `  ${say(text)}`), ...visit.because.map((text) => `  ${say(text)}`),
    ])),
    ...(plan.proved ? [] : [say({ key: 'immunization.catchUp.unproved' })]),
  ])
  section('crossing.unplanned', plan.unplanned.map(({ text }) => say(text)))
  const grown = addPeriod(birthDate, years(19))
  section('crossing.routine', plan.routine.filter(({ recommended }) => recommended < grown).map(({ text }) => say(text)))
  section('crossing.notCertain', notCertain(to, language, say))
  section('crossing.differences', differences.map(({ text }) => say(text)))
  section('assess.issues', issues.map(({ text }) => say(text)))
  for (const edition of [from, to]) if (isPastReview(edition, on)) lines.push(say({ key: 'crossing.pastReview', params: { schedule: { message: editionTitle(edition) }, day: { text: edition.reviewBy } } }))
  lines.push(say({ key: 'crossing.footer', params: { editions: { text: [from.id, to.id].join(', ') } } }))
  if (getLanguage(language).reviews.immunization.state === 'unreviewed') lines.push(say({ key: 'assess.unreviewed' }))
  return `${lines.join('\n')}\n`
}

/** What no source says of the new schedule, and where its sources differ. */
function notCertain({ unknown = [], disagreements = [], sources }: ImmunizationEdition, language: Language, say: (message: Message) => string): readonly string[] {
  return [
    ...unknown.map(({ about, kind }) => say({ key: `immunization.unknown.${kind}`, params: { what: { text: about } } })),
    ...disagreements.map(({ about, says }) => say({ key: 'crossing.sourcesDiffer', params: { about: { text: about }, says: { text: Object.entries(says).map(([letter, words]) => `${words[language] ?? words['en'] ?? ''} (${sources[letter]?.document ?? letter})`).join('; ') } } })),
  ]
}

/** One disease: its doses, and why where one does not count. */
function decisionLines(decisions: readonly DoseDecision[], { from, to }: Pick<Said, 'from' | 'to'>, say: (message: Message) => string): readonly string[] {
  const [first] = decisions
  const title = first?.disease === undefined ? say({ key: 'crossing.unknownDisease' }) : say({ key: 'immunization.disease', params: { disease: { code: first.disease.toLowerCase().replace(/[^a-z0-9]/g, '') }, name: { text: first.disease } } })
  return [title, ...decisions.flatMap(({ dose, between, decision, confirmed, text }) => [
    `  ${say({ key: 'crossing.dose', params: { ...(between === undefined ? { between: { code: 'no' }, day: { day: dose.date } } : { between: { code: 'yes' }, from: { day: between.earliest }, to: { day: between.latest } }), vaccine: { text: (to.vaccines.get(dose.cvx) ?? from.vaccines.get(dose.cvx))?.name ?? dose.cvx }, decision: { code: decision === 'accepted' && !confirmed ? 'unconfirmed' : decision } } })}`,
    ...(decision === 'accepted' || decision === 'extra' ? [] : [`    ${say(text)}`]),
  ])]
}
