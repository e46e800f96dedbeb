/**
 * What must hold of every schedule, whichever country's: no gap, every rule with its sentence, who is given each dose on its recommended
 * day gets valid doses to the end, every minimum and maximum decides on its very day, and the order of the input changes nothing.
 * The United States' own figures have days of grace and seasons: property.test.ts and CDC's cases hold those.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMessage, IMMUNIZATION_EDITIONS, LANGUAGES, loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import { addPeriod, formatDay, type Day } from '@bairn/quantities'
import type { AgeSpan, ImmunizationEdition, Series, TargetDose } from './edition.ts'
import { explain } from './explain.ts'
import { immunize } from './immunize.ts'
import { organizeHistory, type DoseAdministered } from './patient.ts'
import { evaluateSeries } from './series.ts'
import { follow } from './testing/follow.ts'
import { day } from './testing/schedule.ts'

await loadMessages('en')
const editions = await Promise.all(IMMUNIZATION_EDITIONS.map(async (id) => await loadImmunizationEdition(id) as ImmunizationEdition))

for (const edition of editions) {
  const { rulePrefix } = edition
  // Every rule the engine can give, by its id: an edition that lacks one would fail at the bedside.
  const ids = [
    `${rulePrefix}.history.beforeBirth`, `${rulePrefix}.history.unknownVaccine`, `${rulePrefix}.history.notInSchedule`, `${rulePrefix}.history.notForThisChild`, `${rulePrefix}.history.afterAssessment`,
    `${rulePrefix}.doseCondition.expired`, `${rulePrefix}.doseCondition.flagged`, `${rulePrefix}.inadvertent.vaccine`,
    `${rulePrefix}.age.tooYoung`, `${rulePrefix}.age.grace`, `${rulePrefix}.age.tooOld`, `${rulePrefix}.interval.tooSoon`, `${rulePrefix}.interval.grace`, `${rulePrefix}.interval.allowable`,
    `${rulePrefix}.conflict.liveVirus`, `${rulePrefix}.vaccine.allowable`, `${rulePrefix}.vaccine.notAllowed`, `${rulePrefix}.satisfy.valid`, `${rulePrefix}.satisfy.seriesComplete`, `${rulePrefix}.skip.targetDose`,
    `${rulePrefix}.immunity.history`, `${rulePrefix}.immunity.birthDate`, `${rulePrefix}.contraindication.antigen`, `${rulePrefix}.contraindication.vaccine`,
    `${rulePrefix}.need.complete`, `${rulePrefix}.need.notRecommended`, `${rulePrefix}.need.pastSeason`, `${rulePrefix}.need.agedOut`, `${rulePrefix}.need.cannotFinish`,
    `${rulePrefix}.date.minimumAge`, `${rulePrefix}.date.interval`, `${rulePrefix}.date.conflict`, `${rulePrefix}.date.season`, `${rulePrefix}.date.lastDose`, `${rulePrefix}.date.recommended`, `${rulePrefix}.date.pastDue`,
    `${rulePrefix}.series.indication`, `${rulePrefix}.deviation.seriesStart`,
  ]
  test(`${edition.id}: every rule has its id, sentence and source`, () => {
    assert.deepEqual(Object.keys(edition.rules).map((rule) => `${rulePrefix}.${rule}`).toSorted(), ids.toSorted())
    for (const rule of Object.keys(edition.rules)) {
      const reason = explain({ rule, day: day('2026-03-01'), code: '01' }, edition)
      assert.ok(reason.source.document.length > 5)
      assert.doesNotMatch(formatMessage(reason.text, 'en'), /\[immunization|\{/)
    }
  })
  test(`${edition.id}: what is not known, and what its sources say differently, has its sentence`, () => {
    for (const { about, kind } of edition.unknown ?? []) assert.match(formatMessage({ key: `immunization.unknown.${kind}`, params: { what: { text: about } } }, 'en'), new RegExp(`^${about}: .*\\.$`))
    for (const { says } of edition.disagreements ?? []) for (const words of Object.values(says)) assert.deepEqual(Object.keys(words).toSorted(), LANGUAGES.toSorted())
    if (edition.borrowed) assert.ok((edition.unknown ?? []).length > 0, 'a country without anything unknown')
  })
}

const BIRTHS = ['2007-03-05', '2008-02-29', '2009-08-31', '2010-12-30'].map(day)
const ownFigures = editions.filter(({ id }) => id !== 'immunization/cdsi-4.64')

for (const edition of ownFigures) {
  test(`${edition.id}, closed loop: each dose on its recommended day is valid, to the end`, () => {
    let doses = 0
    for (const { group, sex, observation, seriesType } of walks(edition)) for (const birthDate of BIRTHS) {
      const { end, given } = follow({ birthDate, sex, doses: [], observations: observation === undefined ? [] : [{ code: observation }] }, edition, { group, seriesType, until: (birthDate + 20 * 366) as Day })
      doses += given.length
      const recurring = edition.antigens.some(({ series }) => series.some((one) => one.vaccineGroup === group && one.doses.some((dose) => dose.recurring)))
      assert.ok(['complete', 'contraindicated', 'none', ...recurring ? ['long', 'later'] : []].includes(end), `${group}, ${sex}, ${observation ?? '-'}, born ${formatDay(birthDate)}: ${end}\n${given.join('\n')}`)
    }
    assert.ok(doses > 50, `only ${doses} doses were given`)
  })

  test(`${edition.id}, sweep: five days around every minimum age, maximum age and interval`, () => {
    let boundaries = 0
    for (const series of edition.antigens.flatMap((antigen) => antigen.series)) for (const birthDate of BIRTHS) {
      const earlier: DoseAdministered[] = []
      for (const [index, target] of series.doses.entries()) {
        const { from, until } = window(series, index, birthDate, earlier)
        for (let shift = -5; shift <= 5; shift++) {
          for (const { edge, date } of [{ edge: 'minimum', date: from + shift }, ...until === undefined ? [] : [{ edge: 'maximum', date: until + shift }]]) {
            if (date < birthDate || date < (earlier.at(-1)?.date ?? birthDate)) continue
            const status = statusOf({ edition, series, index, birthDate, earlier, date: date as Day })
            if (status === undefined) continue
            boundaries += 1
            assert.equal(status === 'valid', date >= from && (until === undefined || date < until), `${series.name}, dose ${index + 1}, born ${formatDay(birthDate)}, ${edge} ${shift}: ${status}`)
          }
        }
        if (until !== undefined && from >= until) break
        earlier.push(given(target, birthDate, from, `e${index}`))
      }
    }
    assert.ok(boundaries > 1000, `only ${boundaries} days were tried`)
  })

  test(`${edition.id}: the order of the input changes nothing`, () => {
    for (const { group, sex, observation, seriesType } of walks(edition)) {
      const [birthDate] = BIRTHS as [Day]
      const { facts } = follow({ birthDate, sex, doses: [], observations: observation === undefined ? [] : [{ code: observation }] }, edition, { group, seriesType, until: (birthDate + 20 * 366) as Day })
      const judge = (doses: readonly DoseAdministered[]): unknown => {
        const { evaluations, forecasts } = immunize({ ...facts, doses }, edition, { assessment: (birthDate + 20 * 366) as Day })
        return [evaluations.map(({ dose, status }) => [dose.id, status]), forecasts.map(({ vaccineGroup, status, recommended }) => [vaccineGroup, status, recommended])]
      }
      assert.deepEqual(judge(facts.doses.toReversed()), judge(facts.doses))
    }
  })
}

/** Every group for both sexes, by itself and with each observation that one of its series asks for. */
function walks(edition: ImmunizationEdition): readonly { readonly group: string; readonly sex: 'female' | 'male'; readonly observation: string | undefined; readonly seriesType: 'standard' | 'risk' }[] {
  return edition.vaccineGroups.flatMap(({ name, antigens }) => {
    const series = antigens.flatMap((antigen) => edition.antigenByName.get(antigen)?.series ?? []).filter((one) => one.vaccineGroup === name)
    const observations = [...new Set(series.flatMap((one) => one.indications.map(({ observation }) => observation)))]
    return (['female', 'male'] as const).flatMap((sex) => [
      { group: name, sex, observation: undefined, seriesType: 'standard' as const },
      ...observations.map((observation) => ({ group: name, sex, observation, seriesType: 'risk' as const })),
    ])
  })
}

/** The first day on which the dose counts, and the first on which it does not any more, after the doses given. */
function window({ doses }: Series, index: number, birthDate: Day, earlier: readonly DoseAdministered[]): { readonly from: Day; readonly until: Day | undefined } {
  const { ages: [age], intervals } = doses[index] as TargetDose
  const from = intervals.flatMap((interval) => {
    const since = 'targetDose' in interval.from ? earlier[interval.from.targetDose - 1] : earlier.at(-1)
    return since === undefined || interval.absMin === undefined ? [] : [addPeriod(since.date, interval.absMin)]
  })
  return { from: Math.max(birthDate, earlier.at(-1)?.date ?? birthDate, age?.absMin === undefined ? birthDate : addPeriod(birthDate, age.absMin), ...from) as Day, until: age?.max === undefined ? undefined : addPeriod(birthDate, age.max) }
}

/** What the series says of the dose when it is held against its own target; none when that one is passed over on the day. */
function statusOf({ edition, series, index, birthDate, earlier, date }: { edition: ImmunizationEdition; series: Series; index: number; birthDate: Day; earlier: readonly DoseAdministered[]; date: Day }): string | undefined {
  const observations = series.indications.slice(0, 1).map(({ observation }) => ({ code: observation }))
  const doses = [...earlier, given(series.doses[index] as TargetDose, birthDate, date, 'last')]
  const child = organizeHistory({ birthDate, sex: series.sexes[0] ?? 'female', doses, observations }, edition, { assessment: (birthDate + 50 * 366) as Day, strict: false })
  const judged = evaluateSeries(series, child, () => false).evaluations.find(({ dose }) => dose.id === 'last')
  return judged?.target?.number === index + 1 ? judged.status : undefined
}

/** The first vaccine that may be used at that age: one that the dose prefers, or one that counts. */
function given({ preferable, allowableByCvx }: TargetDose, birthDate: Day, date: Day, id: string): DoseAdministered {
  const fits = ({ begin, end }: AgeSpan): boolean => (begin === undefined || date >= addPeriod(birthDate, begin)) && (end === undefined || date < addPeriod(birthDate, end))
  const cvx = preferable.find(fits)?.cvx ?? [...allowableByCvx].find(([, spans]) => spans.some(fits))?.[0] ?? preferable[0]?.cvx
  return { id, date, cvx: cvx ?? '' }
}
