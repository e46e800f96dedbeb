/** One child between two schedules: the plan on its white sheet, then the two tracks, then in what the schedules differ. */
import { identityFromFhir } from '@bairn/fhir'
import type { Day } from '@bairn/quantities'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { PastReview } from '../schedules/EditionHead.tsx'
import '../schedules/schedules.css'
import { countryName } from '../schedules/words.ts'
import { CatchUpVisits } from './CatchUpVisits.tsx'
import { ChooseCountries, kindOf, OnlyReported, type Pair } from './ChooseCountries.tsx'
import { Differences, NotCertain } from './NotCertain.tsx'
import '../plan/plan.css'
import './moving.css'
import { diseasesIn, rowsOf } from './model.ts'
import type { Moved } from './read.ts'
import { TwoSchedules } from './TwoSchedules.tsx'

export interface MovingProps extends Pair {
  readonly resources: readonly unknown[]
  readonly on: Day
  readonly onChoose: (pair: Pair) => void
  readonly back: ComponentChildren
  readonly invented?: boolean
}

export function MovingScreen({ resources, on, from, to, onChoose, back, invented = false }: MovingProps) {
  const messages = useMessages()
  const { t, date, age } = messages
  const kinds = { from: kindOf(from), to: kindOf(to) }
  const moved = useMoved(resources, { from, to, on, ready: kinds.from === 'full' && kinds.to === 'full' })
  const who = identityFromFhir(resources)
  const name = who?.name ?? t('schedules.move.child')
  const title = to === '' || kinds.to === 'none' ? t('schedules.move.where', { name: { text: `\u2068${name}\u2069` } }) : t('schedules.move.headline', { name: { text: `\u2068${name}\u2069` }, from: { text: countryName(from, messages) }, to: { text: countryName(to, messages) } })
  return (
    <main class="wrap schedules moving">
      <div class="lhead edition-head">
        <div><h1>{title}</h1>{moved?.kind === 'moved' ? <p class="muted">{t('schedules.move.facts', { age: { text: age({ birth: moved.birth, on }) }, born: { text: date(moved.birth) }, day: { text: date(on) } })}</p> : null}</div>
        <div class="row-b noprint">{moved?.kind === 'moved' ? <Button icon="print" onClick={() => print()}>{t('schedules.print')}</Button> : null}{back}</div>
      </div>
      {invented ? <Banner of="notKnown" title={t('schedules.move.invented')} live="off">{t('schedules.move.inventedText', { day: { text: date(on) } })}</Banner> : null}
      <ChooseCountries from={from} to={to} onChoose={onChoose} />
      {from === '' || kinds.from === 'full' ? null : <OnlyReported country={from} kind={kinds.from} />}
      {to === '' || kinds.to === 'full' || from === to ? null : <OnlyReported country={to} kind={kinds.to} />}
      {from !== '' && from === to ? <Banner of="notKnown" live="off">{t('schedules.move.same')}</Banner> : null}
      {kinds.from === 'full' && kinds.to === 'full' && from !== to ? (moved === undefined ? <Waiting rows={5} /> : <Answer moved={moved} />) : null}
    </main>
  )
}

function Answer({ moved }: { readonly moved: Moved }) {
  const { t } = useMessages()
  if (moved.kind === 'noBirthDay') return <Banner of="notKnown" title={t('schedules.move.noBirthDay')} live="off">{t('schedules.move.noBirthDayText')}</Banner>
  const rows = rowsOf(moved.found, { from: diseasesIn(moved.from.antigens), to: diseasesIn(moved.to.antigens) })
  return (
    <>
      {[moved.from, moved.to].map((edition) => <PastReview key={edition.id} edition={edition} on={moved.on} named />)}
      <CatchUpVisits moved={moved} />
      <TwoSchedules moved={moved} rows={rows} />
      <Differences moved={moved} />
      <NotCertain moved={moved} />
    </>
  )
}

/** Engines and editions come after the page; the last question asked is the one answered. */
function useMoved(resources: readonly unknown[], { from, to, on, ready }: Pair & { readonly on: Day; readonly ready: boolean }): Moved | undefined {
  const [moved, setMoved] = useState<{ readonly of: string; readonly what: Moved } | undefined>(undefined)
  const of = `${from} ${to} ${on}`
  useEffect(() => {
    if (!ready || from === to) return undefined
    let wanted = true
    const load = async (): Promise<void> => {
      const { readMove } = await import('./read.ts')
      const what = await readMove(resources, { from, to, on })
      if (wanted) setMoved({ of, what })
    }
    void load()
    return () => { wanted = false }
  }, [resources, of, ready])
  return moved?.of === of ? moved.what : undefined
}
