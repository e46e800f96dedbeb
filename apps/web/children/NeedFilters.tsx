/**
 * Filters by need, with how many children each would show. On a phone one line: all, the most pressing need, the chosen one,
 * and a button that opens the rest: no sideways scrolling.
 */
import { useId, useState } from 'preact/hooks'
import type { NeedFilter, Worklist } from '../contract.ts'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { FILTERS } from './model.ts'

export function NeedFilters({ counts, chosen, onChoose }: { readonly counts: Worklist['counts'] | undefined; readonly chosen: NeedFilter; readonly onChoose: (filter: NeedFilter) => void }) {
  const { t, number } = useMessages()
  const [open, setOpen] = useState(false)
  const id = useId()
  const pressing = FILTERS.find((filter) => filter !== 'all' && (counts?.[filter] ?? 0) > 0)
  const always = chosen === 'all' ? ['all', pressing] : ['all', chosen]
  return (
    <div class="filters" id={id} role="group" aria-label={t('web.children.filters')} data-open={open}>
      {FILTERS.map((filter) => (
        <button key={filter} type="button" class={always.includes(filter) ? 'chip' : 'chip later'} aria-pressed={filter === chosen} data-u={filter} onClick={() => { setOpen(false); onChoose(filter) }}>
          {filter === 'all' ? null : <Glyph of={filter} size={18} />}
          {t(filter === 'all' ? 'web.children.all' : `web.filter.${filter}`)}
          {counts === undefined ? null : <b>{number(counts[filter])}</b>}
        </button>
      ))}
      <button type="button" class="chip more" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>{t(open ? 'web.children.fewer' : 'web.children.moreNeeds')}<Icon of="down" size={18} /></button>
    </div>
  )
}
