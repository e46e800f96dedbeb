/** A full edition that a clinician can review: head, grid by age, each dose, what nobody knows, sources; and on paper with a line to sign. */
import type { ImmunizationEdition } from '@bairn/immunization'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { DoseRules } from './DoseRules.tsx'
import { EditionGrid } from './EditionGrid.tsx'
import { EditionHead } from './EditionHead.tsx'
import { Cohorts, LiveGaps, Rules, Sources, Unknowns } from './EditionNotes.tsx'
import { gridOf, type Grid } from './grid.ts'
import { gapsOf, rulesOf } from './rules.ts'
import { countryName } from './words.ts'

export function EditionPage({ edition }: { readonly edition: ImmunizationEdition }) {
  const messages = useMessages()
  const { t } = messages
  const { session } = useSession()
  const [all, showAll] = useState(false)
  const grid = useGrid(edition, session.today)
  const rules = useMemo(() => rulesOf(edition), [edition])
  const gaps = useMemo(() => gapsOf(edition), [edition])
  useTitle(t('schedules.of', { country: { text: countryName(edition.country, messages) } }))
  // Paper has no folds: everything is drawn, then printed, then folded again.
  useEffect(() => {
    if (!all) return
    print()
    showAll(false)
  }, [all])
  return (
    <main class="wrap schedules edition">
      <EditionHead edition={edition} onPrint={() => showAll(true)} />
      {grid === undefined ? <Waiting rows={5} /> : <EditionGrid edition={edition} grid={grid} />}
      <div class="ed">
        <div>
          <DoseRules edition={edition} rules={rules} all={all} />
          <LiveGaps edition={edition} gaps={gaps} all={all} />
        </div>
        <aside>
          <Unknowns edition={edition} />
          <Cohorts edition={edition} />
          <Sources edition={edition} />
          <Rules edition={edition} all={all} />
        </aside>
      </div>
      <p class="sign">{t('schedules.sign.by')} <i /> {t('schedules.sign.role')} <i /> {t('schedules.sign.date')} <i /></p>
    </main>
  )
}

/** A large schedule takes a fifth of a second to walk: the head is on screen before. */
function useGrid(edition: ImmunizationEdition, today: Parameters<typeof gridOf>[1]): Grid | undefined {
  const [grid, setGrid] = useState<Grid | undefined>(undefined)
  useEffect(() => {
    const timer = setTimeout(() => setGrid(gridOf(edition, today)))
    return () => clearTimeout(timer)
  }, [edition, today])
  return grid
}
