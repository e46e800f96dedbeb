/** Where everything comes from: the editions with source, licence and review, the engine, and what is not judged here. */
import { getLanguage, isPastReview, loadEditionsFor, summarize, type Editions } from '@bairn/knowledge'
import { parseDay } from '@bairn/quantities'
import { useEffect, useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { PlaceAnswers } from './PlaceAnswers.tsx'
import './about.css'

export function AboutPage() {
  const { t } = useMessages()
  const { session } = useSession()
  const [editions, setEditions] = useState<Editions | undefined>(undefined)
  useEffect(() => void loadEditionsFor(session.setting.country).then(setEditions), [session.setting.country])
  useTitle(t('child.about.title'))
  return (
    <main class="wrap about">
      <div class="lhead"><div><h1>{t('child.about.title')}</h1><p class="muted">{t('child.about.lead')}</p></div></div>
      {editions === undefined ? <Waiting /> : <EditionList editions={editions} />}
      {editions?.immunization === undefined ? null : <PlaceAnswers edition={editions.immunization} />}
      <div class="pair">
        <section aria-labelledby="not"><h2 id="not">{t('child.notJudged.title')}</h2><p class="muted">{t('child.about.notText')}</p>
          <ul class="lines">{editions?.plan.notCovered.map((what) => <li key={what}><Glyph of="notNeeded" size={20} /><span>{t('plan.notJudged.notCovered', { what: { code: what } })}</span></li>)}</ul>
        </section>
        <section aria-labelledby="words"><h2 id="words">{t('child.about.words')}</h2><Words /><h2>{t('child.about.program')}</h2><p>{t('child.about.engine', { engine: { text: session.engine } })}</p><p class="muted">{t('child.about.licence')}</p></section>
      </div>
    </main>
  )
}

/** Editions name their authority as their rule ids do. */
const AUTHORITY: Readonly<Record<string, string>> = { who: 'WHO', bairn: 'Bairn' }

function EditionList({ editions }: { readonly editions: Editions }) {
  const { t, say, date } = useMessages()
  const { session } = useSession()
  const day = (text: string): string => {
    const parsed = parseDay(text)
    return parsed.ok ? date(parsed.value) : text
  }
  return (
    <ul class="editions">
      {summarize(editions).map((edition) => {
        const past = isPastReview(edition, session.today)
        const doubt = edition.evidence.recalled + edition.evidence.policy
        return (
          <li key={edition.id} class="card">
            <h2><bdi>{say(edition.title)}</bdi></h2>
            <dl>
              <div><dt>{t('child.about.authority')}</dt><dd><bdi>{AUTHORITY[edition.authority] ?? edition.authority}</bdi></dd></div>
              <div><dt>{t('child.about.since')}</dt><dd>{day(edition.effective)}</dd></div>
              <div data-u={past ? 'overdue' : undefined}><dt>{t('child.about.reviewBy')}</dt><dd>{past ? <Glyph of="overdue" size={18} name={t('web.foot.pastReview')} /> : null}{day(edition.reviewBy)}{past ? `${t('web.comma')}${t('child.about.past')}` : ''}</dd></div>
              <div><dt>{t('child.about.id')}</dt><dd><bdi>{edition.id}</bdi></dd></div>
            </dl>
            <p class="sure"><Glyph of={doubt === 0 ? 'done' : 'notKnown'} size={20} /><span>{t('child.about.sure', { stated: { number: edition.evidence.stated }, doubt: { number: doubt } })}</span></p>
            <details><summary>{t('child.about.sources', { count: { number: edition.sources.length } })}<Icon of="down" size={18} /></summary><ul class="src">{edition.sources.map((source) => <li key={source}><bdi>{source}</bdi></li>)}</ul></details>
            <p class="cap"><bdi>{edition.licence}</bdi></p>
          </li>
        )
      })}
    </ul>
  )
}

/** How far the sentences of this language were read by a clinician. */
function Words() {
  const { t, language } = useMessages()
  const reviews = Object.values(getLanguage(language).reviews)
  const reviewed = reviews.filter(({ state }) => state === 'reviewed').length
  return <p class="sure"><Glyph of={reviewed === reviews.length ? 'done' : 'notKnown'} size={20} /><span>{t('child.about.reviewed', { reviewed: { number: reviewed }, all: { number: reviews.length } })}</span></p>
}
