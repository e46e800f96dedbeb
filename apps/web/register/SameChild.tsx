/** Children already here who may be the same: shown beside the form, never in its way. Same, a twin, or another child: one touch each. */
import type { Day } from '@bairn/quantities'
import { useEffect, useState } from 'preact/hooks'
import type { Duplicates } from '../contract.ts'
import { getJson } from '../api/request.ts'
import { Button } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { birthOf } from '../children/model.ts'
import { useMessages } from '../i18n/messages.tsx'

export type Candidate = Duplicates['candidates'][number]
const TYPING_MS = 300

/** Asks a moment after the last key; while it cannot ask it shows nothing, for the form does not wait for it. */
export function useDuplicates(query: string | undefined): readonly Candidate[] {
  const [candidates, set] = useState<readonly Candidate[]>([])
  useEffect(() => {
    if (query === undefined) {
      set([])
      return undefined
    }
    const stop = new AbortController()
    const timer = setTimeout(() => {
      getJson<Duplicates>(query, stop.signal).then((outcome) => set(outcome.kind === 'answer' ? outcome.value.candidates : []), () => undefined)
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [query])
  return candidates
}

export function SameChild({ candidates, today, onSame, onTwin, onOther }: {
  readonly candidates: readonly Candidate[]; readonly today: Day
  readonly onSame: (candidate: Candidate) => void; readonly onTwin: (candidate: Candidate) => void; readonly onOther: (candidate: Candidate) => void
}) {
  const { t, date, age } = useMessages()
  return (
    <section class="same" aria-live="polite" aria-label={t('web.same.title')}>
      {candidates.map((candidate) => (
        <article key={candidate.child} class="note sheet">
          <Glyph of="notKnown" />
          <div>
            <h3>{t('web.same.title')}</h3>
            <p>{t('web.same.here')} <b><bdi>{candidate.name}</bdi></b></p>
            <p class="muted">{identity(candidate)}</p>
            <p class="muted">{t('web.same.because', { what: { text: candidate.because.map((reason) => t(`web.same.${reason}`)).join(t('web.comma')) } })}{seen(candidate)}</p>
            <div class="row-b">
              <Button onClick={() => onSame(candidate)}>{t('web.same.same')}</Button>
              <Button onClick={() => onTwin(candidate)}>{t('web.same.twin')}</Button>
              <Button onClick={() => onOther(candidate)}>{t('web.same.other')}</Button>
            </div>
          </div>
        </article>
      ))}
    </section>
  )

  function identity(candidate: Candidate): string {
    return [
      t(`web.sex.${candidate.sex ?? 'unknown'}`), ...(born(candidate) ?? []),
      ...(candidate.mother === undefined ? [] : [t('web.same.mother.of', { name: { text: `\u2068${candidate.mother}\u2069` } })]),
      ...(candidate.village === undefined ? [] : [`\u2068${candidate.village}\u2069`]),
    ].join(t('web.comma'))
  }

  function seen({ lastVisit }: Candidate): string {
    return lastVisit === undefined ? '' : ` ${t('web.same.seen', { day: { text: lastVisit === today ? t('web.today') : date(lastVisit) } })}`
  }

  function born(candidate: Candidate): readonly string[] | undefined {
    const birth = birthOf(candidate)
    if (birth === undefined || birth.day > today) return undefined
    const words = age({ birth: birth.day, on: today })
    return [birth.about ? t('web.age.about', { age: { text: words } }) : t('web.same.born', { day: { text: date(birth.day) } })]
  }
}
