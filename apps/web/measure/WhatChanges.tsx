/** The plan as it would be with what is typed: what comes, what goes, what waits for a decision. Nothing is final until it is saved. */
import type { Plan } from '@bairn/plan'
import type { ComponentChildren } from 'preact'
import { Glyph, type GlyphName } from '../components/Glyph.tsx'
import { urgencyWord } from '../components/urgency.ts'
import { useMessages } from '../i18n/messages.tsx'
import { changesOf } from './model.ts'

const SHOWN = 5

/** @param props `typed`: something is there that counts; `children`: lines of what waits for a decision */
export function WhatChanges({ before, after, typed, waits = false, children }: { readonly before: Plan; readonly after: Plan | undefined; readonly typed: boolean; readonly waits?: boolean; readonly children?: ComponentChildren }) {
  const messages = useMessages()
  const { t, say } = messages
  const changes = after === undefined || !typed ? [] : changesOf(before, after)
  const comes = changes.filter(({ kind }) => kind === 'comes')
  const goes = changes.filter(({ kind }) => kind === 'goes')
  return (
    <section class="card changes" aria-labelledby="changes">
      <h2 id="changes">{t('child.changes.title')}</h2>
      <p class="muted">{t('child.changes.text')}</p>
      <ul aria-live="polite">
        {!typed && !waits ? <li data-u="notKnown"><Glyph of="notKnown" size={20} /><div><p>{t('child.changes.none')}</p></div></li> : null}
        {comes.slice(0, SHOWN).map(({ item }) => {
          const sign: GlyphName = item.action === 'ask' ? 'notKnown' : item.urgency
          return (
            <li key={item.id} data-u={sign}>
              <Glyph of={sign} size={20} />
              <div><b>{urgencyWord(messages, { urgency: sign, due: item.window.due, on: before.on })}</b><p class="t">{say(item.title)}</p>{item.because[0] === undefined ? null : <p class="muted">{say(item.because[0].text)}</p>}</div>
            </li>
          )
        })}
        {typed && changes.length === 0 ? <li data-u="well"><Glyph of="well" size={20} /><div><p>{t('child.changes.same')}</p></div></li> : null}
        {goes.map(({ item }) => <li key={item.id} data-u="done"><Glyph of="done" size={20} /><div><b>{t('child.changes.goes')}</b><p class="t">{say(item.title)}</p></div></li>)}
        {children}
      </ul>
    </section>
  )
}
