/** Every version of one entry, newest first: what it said, since when. Asked of the server when opened. */
import { LOCALES } from '@bairn/knowledge'
import { useEffect, useState } from 'preact/hooks'
import { getJson } from '../api/request.ts'
import type { Resource } from '../child/record.ts'
import type { Child } from '../child/useChild.ts'
import { useMessages } from '../i18n/messages.tsx'
import { doseIn } from '../vaccines/record.ts'
import { doseText, valueText } from './words.ts'

interface HistoryBundle { readonly entry?: readonly { readonly resource?: Resource }[] }

export function History({ of, child }: { readonly of: string; readonly child: Child }) {
  const messages = useMessages()
  const { t, language } = messages
  const [versions, setVersions] = useState<readonly Resource[] | 'asking' | 'away'>('asking')
  useEffect(() => {
    void getJson<HistoryBundle>(`/fhir/${of}/_history`).then((outcome) => setVersions(outcome.kind === 'answer' ? (outcome.value.entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : [resource])) : 'away'))
  }, [of, child.resources])
  if (versions === 'asking') return null
  if (versions === 'away') return <p class="muted">{t('child.entry.noHistory')}</p>
  return (
    <ol class="history">
      {versions.map((version) => {
        const meta = version['meta'] as { readonly versionId?: string; readonly lastUpdated?: string } | undefined
        const patient = child.resources.find((resource) => resource['resourceType'] === 'Patient')
        const facts = child.engines?.factsOf([patient, { ...version, status: 'final' }])
        const fact = facts?.measurements[0] ?? facts?.findings[0]
        const status = String(version['status'])
        return (
          <li key={meta?.versionId}>
            <b>{version['resourceType'] === 'Immunization' ? doseText(doseIn(version), child.plan, messages) : fact === undefined ? t('child.entry.unreadable') : valueText(fact, messages)}</b>
            <span>{t('child.entry.status', { status: { code: status === 'entered-in-error' ? 'withdrawn' : status } })}</span>
            <time class="cap" datetime={meta?.lastUpdated}>{meta?.lastUpdated === undefined ? '' : new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(meta.lastUpdated))}</time>
          </li>
        )
      })}
    </ol>
  )
}
