/** Beside the doses: live-vaccine waits, what nobody knows, what the sources say differently, birth cohorts, sources, and every rule's place. */
import type { ImmunizationEdition } from '@bairn/immunization'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { Fold } from './DoseRules.tsx'
import { ruleSources, type Gap } from './rules.ts'
import { dayText, vaccineText, waitText } from './words.ts'

export function LiveGaps({ edition, gaps, all }: { readonly edition: ImmunizationEdition; readonly gaps: readonly Gap[]; readonly all: boolean }) {
  const messages = useMessages()
  const { t } = messages
  if (gaps.length === 0) return null
  // A conflict may name vaccines that the schedule itself does not: those have no name here.
  const names = (codes: readonly string[]): string => [
    ...new Set(codes.filter((code) => edition.vaccines.has(code)).map((code) => vaccineText(code, edition, messages))),
    ...codes.filter((code) => !edition.vaccines.has(code)).map((code) => t('schedules.code', { code: { text: code } })),
  ].join(t('web.comma'))
  return (
    <section aria-labelledby="live">
      <h2 id="live">{t('schedules.live')}</h2>
      <div class="folds">
        {gaps.map(({ wait, afterValid, previous, current }) => (
          <Fold key={`${wait.text} ${afterValid.text}`} title={t('schedules.live.wait', { period: { text: waitText(wait, messages) } })} all={all}
            note={[afterValid.text === wait.text ? '' : t('schedules.live.valid', { period: { text: waitText(afterValid, messages) } }), t('schedules.live.count', { count: { number: new Set([...previous, ...current]).size } })].filter((part) => part !== '').join(' ')}>
            {() => <div class="gap">{previous.toSorted().join() === current.toSorted().join() ? <p>{t('schedules.live.each')} <bdi>{names(previous)}</bdi></p> : <><p>{t('schedules.live.after')} <bdi>{names(previous)}</bdi></p><p>{t('schedules.live.before')} <bdi>{names(current)}</bdi></p></>}</div>}
          </Fold>
        ))}
      </div>
    </section>
  )
}

export function Unknowns({ edition }: { readonly edition: ImmunizationEdition }) {
  const { t, language } = useMessages()
  const { unknown = [], disagreements = [], sources } = edition
  return (
    <section aria-labelledby="unknown">
      <h2 id="unknown">{t('schedules.unknown')}</h2>
      {unknown.length + disagreements.length === 0 ? <p class="muted">{t('schedules.unknown.none')}</p> : (
        <ul class="unsure">
          {disagreements.map(({ about, says }) => (
            <li key={`d ${about}`}><Glyph of="notKnown" size={20} /><div><b>{t('schedules.differ', { about: { text: `\u2068${about}\u2069` } })}</b>
              {Object.entries(says).map(([letter, words]) => <p key={letter}><span class="letter">{letter}</span> {words[language] ?? <bdi lang="en">{words['en']}</bdi>} <small><bdi lang="en">{sources[letter]?.document}</bdi></small></p>)}</div></li>
          ))}
          {unknown.map(({ about, kind }) => <li key={`${about} ${kind}`}><Glyph of="notKnown" size={20} /><p>{t(`immunization.unknown.${kind}`, { what: { text: `\u2068${about}\u2069` } })}</p></li>)}
        </ul>
      )}
    </section>
  )
}

export function Cohorts({ edition: { birthCohorts = [] } }: { readonly edition: ImmunizationEdition }) {
  const messages = useMessages()
  const { t } = messages
  return (
    <section aria-labelledby="cohorts">
      <h2 id="cohorts">{t('schedules.cohorts')}</h2>
      {birthCohorts.length === 0 ? <p class="muted">{t('schedules.cohorts.none')}</p> : <ul class="plain">{birthCohorts.map(({ from, before, what }) => <li key={what}>{from === undefined ? '' : t('schedules.cohorts.from', { day: { text: dayText(from, messages) } })} {before === undefined ? '' : t('schedules.cohorts.before', { day: { text: dayText(before, messages) } })} <bdi lang="en">{what}</bdi></li>)}</ul>}
    </section>
  )
}

export function Sources({ edition: { sources, licence } }: { readonly edition: ImmunizationEdition }) {
  const { t } = useMessages()
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{t('schedules.sources')}</h2>
      <ol class="src">{Object.entries(sources).map(([letter, { document }]) => <li key={letter}><b>{letter}</b><bdi lang="en">{document}</bdi></li>)}</ol>
      <p class="cap"><bdi lang="en">{licence}</bdi></p>
    </section>
  )
}

/** Every rule by its id: the document it stands in, and whether it needs a clinician's eye. */
export function Rules({ edition, all }: { readonly edition: ImmunizationEdition; readonly all: boolean }) {
  const { t } = useMessages()
  const rules = ruleSources(edition)
  const doubtful = rules.filter(({ evidence }) => evidence !== 'stated').length
  return (
    <section aria-labelledby="rules">
      <h2 id="rules">{t('schedules.rules')}</h2>
      <p class="muted">{t('schedules.rules.text', { count: { number: rules.length }, doubtful: { number: doubtful } })}</p>
      <Fold title={t('schedules.rules.show')} all={all}>
        {() => (
          <ul class="rules">{rules.map(({ rule, words, document, section, evidence, own }) => (
            <li key={rule}><bdi class="rule" dir="ltr">{rule}</bdi><bdi lang="en">{words}</bdi>{evidence === 'stated' ? null : <span class="review"><Glyph of="notKnown" size={18} />{t('child.why.review')}</span>}<small><bdi lang="en">{document}{section === undefined ? '' : `, ${section}`}</bdi></small>{own === undefined ? null : <small>{t('schedules.rules.own')} <bdi lang="en">{own.document}</bdi></small>}</li>
          ))}</ul>
        )}
      </Fold>
    </section>
  )
}
