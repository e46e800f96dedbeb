/** One schedule by its address: a full edition, another beside it (`?with=`), what a country only reported, or none. */
import { immunizationEditionFor, IMMUNIZATION_EDITIONS, loadImmunizationEdition, loadReferenceSchedule, type ReferenceSchedule } from '@bairn/knowledge'
import type { ImmunizationEdition } from '@bairn/immunization'
import { useLocation } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import { useTitle } from '../app/title.ts'
import { ButtonLink } from '../components/Button.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { ComparePage } from './ComparePage.tsx'
import { EditionPage } from './EditionPage.tsx'
import { ReferencePage } from './ReferencePage.tsx'
import './schedules.css'

type Found = { readonly kind: 'full'; readonly edition: ImmunizationEdition; readonly other?: ImmunizationEdition } | { readonly kind: 'reference'; readonly schedule: ReferenceSchedule } | { readonly kind: 'none' }

export function SchedulePage({ id = '' }: { readonly id?: string }) {
  const { query } = useLocation()
  const asked = query['with'] ?? ''
  const [found, setFound] = useState<{ readonly of: string; readonly what: Found } | undefined>(undefined)
  const of = `${id} ${asked}`
  useEffect(() => {
    let wanted = true
    const load = async (): Promise<void> => {
      const what = await find(id, asked)
      if (wanted) setFound({ of, what })
    }
    void load()
    return () => { wanted = false }
  }, [of])
  if (found === undefined || found.of !== of) return <main class="wrap schedules"><Waiting rows={6} /></main>
  const { what } = found
  switch (what.kind) {
    case 'reference': return <ReferencePage schedule={what.schedule} />
    case 'full': return what.other === undefined ? <EditionPage key={id} edition={what.edition} /> : <ComparePage one={what.edition} other={what.other} />
    case 'none': return <NoSchedule given={id} />
  }
}

/** By the edition's name, or by the country's code. */
async function find(id: string, asked: string): Promise<Found> {
  const [name, otherName] = [editionNamed(id), editionNamed(asked)]
  if (name !== undefined) {
    const [edition, other] = await Promise.all([loadImmunizationEdition(name), otherName === undefined || otherName === name ? undefined : loadImmunizationEdition(otherName)])
    if (edition !== undefined) return { kind: 'full', edition, ...(other === undefined ? {} : { other }) }
  }
  const schedule = await loadReferenceSchedule(id.toUpperCase())
  return schedule === undefined ? { kind: 'none' } : { kind: 'reference', schedule }
}

function editionNamed(id: string): string | undefined {
  if (IMMUNIZATION_EDITIONS.includes(id)) return id
  const country = immunizationEditionFor(id.toUpperCase())
  return country?.kind === 'full' ? country.id : undefined
}

function NoSchedule({ given }: { readonly given: string }) {
  const { t } = useMessages()
  useTitle(t('schedules.none.title'))
  return (
    <main class="wrap schedules">
      <div class="lhead"><div><h1>{t('schedules.none.title')}</h1><p class="muted">{t('schedules.none.text', { given: { text: `\u2068${given}\u2069` } })}</p></div></div>
      <p class="row-b"><ButtonLink href="/schedules" kind="primary">{t('schedules.all')}</ButtonLink></p>
    </main>
  )
}
