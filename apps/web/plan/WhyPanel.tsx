/**
 * Behind "Why?": the rules as sentences, where they stand, what was used (value, when, who), how sure the source is, and what would
 * change the answer, with the sign of what it would become.
 */
import { formatParam } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import type { FactRef } from '@bairn/reasoning'
import { useSession } from '../app/session.tsx'
import { whoRecorded, type Resource } from '../child/record.ts'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import type { Why } from './model.ts'

export function WhyPanel({ id, why, on, resources }: { readonly id: string; readonly why: Why; readonly on: Day; readonly resources: readonly Resource[] }) {
  const { t, say } = useMessages()
  const { session } = useSession()
  const editionTitle = (edition: string): string => {
    const found = session.editions.find((each) => each.id === edition)
    return found === undefined ? edition : say(found.title)
  }
  return (
    <div class="whybox" id={id}>
      <dl>
        <dt>{t('child.why.rule')}</dt>
        <dd>
          {why.rules.map(({ text, rule, review }) => (
            <p key={`${rule} ${JSON.stringify(text)}`}>{say(text)}{review ? <> <span class="review"><Glyph of="notKnown" size={18} />{t('child.why.review')}</span></> : null}</p>
          ))}
        </dd>
        <dt>{t('child.why.from')}</dt>
        <dd>
          {why.sources.map(({ document, place, edition, rules }) => (
            <p key={`${document} ${place}`}><bdi>{document}{place === '' ? '' : `, ${place}`}</bdi> <span class="cap" dir="ltr">{rules.map((rule) => <bdi key={rule} class="rule">{rule}</bdi>)} <bdi>{editionTitle(edition)}</bdi></span></p>
          ))}
        </dd>
        {why.used.length === 0 ? null : (
          <>
            <dt>{t('child.why.used')}</dt>
            <dd>
              <table class="used">
                <caption class="vh">{t('child.why.used')}</caption>
                <tbody>{why.used.map((fact) => <UsedRow key={`${fact.id} ${fact.kind}`} fact={fact} on={on} resources={resources} />)}</tbody>
              </table>
            </dd>
          </>
        )}
        {why.flips.length === 0 ? null : (
          <>
            <dt>{t('child.why.flips')}</dt>
            <dd>
              <ul>
                {why.flips.map((flip) => <li key={JSON.stringify(flip)} class="turn" data-u={flip.sign}><Glyph of={flip.sign} size={20} /><span>{t('child.why.flip', { when: { message: flip.when }, becomes: { message: flip.becomes } })}</span></li>)}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </div>
  )
}

function UsedRow({ fact, on, resources }: { readonly fact: FactRef; readonly on: Day; readonly resources: readonly Resource[] }) {
  const { t, language, date } = useMessages()
  const { session } = useSession()
  const who = whoRecorded(resources, fact.id)
  const you = who?.reference !== undefined && who.reference === `Practitioner/${session.user?.practitioner}`
  const name = you ? t('child.why.you') : who?.name
  const when = fact.day === undefined ? undefined : fact.day === on ? t('child.today') : date(fact.day, 'shortYear')
  const value = fact.value === undefined ? '' : 'code' in fact.value ? t('child.answer', { value: fact.value }) : 'sex' in fact.value ? t(`web.sex.${fact.value.sex}`) : formatParam(fact.value, language)
  return (
    <tr>
      <th scope="row">{t('child.fact', { kind: { code: fact.kind } })}</th>
      <td><b>{value}</b></td>
      <td>{[when, name].filter((part) => part !== undefined).join(t('web.comma'))}</td>
    </tr>
  )
}
