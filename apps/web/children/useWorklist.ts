/**
 * The part of the list that a view shows. The last one stays on screen while the next is fetched, and while nobody answers;
 * it is kept in memory only.
 */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Worklist } from '../contract.ts'
import { useConnection } from '../api/connection.ts'
import { takePageData } from '../api/pageData.ts'
import { getJson } from '../api/request.ts'
import { addressOf, FIRST_VIEW, requestOf, type View } from './model.ts'

export interface ListState {
  readonly list: Worklist | undefined
  /** the list on screen is not of this view yet */
  readonly waiting: boolean
  /** the server answered no */
  readonly refused?: readonly string[]
  readonly away: boolean
  readonly again: () => void
}

const kept = new Map<string, Worklist>()
const keyOf = (demo: boolean, view: View): string => `${demo} ${addressOf(view)}`

export function useWorklist(view: View, demo: boolean): ListState {
  const key = keyOf(demo, view)
  const [state, set] = useState<{ readonly key: string; readonly list: Worklist | undefined; readonly refused?: readonly string[] }>(() => {
    const came = key === keyOf(demo, FIRST_VIEW) ? takePageData('worklist') : undefined
    if (came !== undefined) kept.set(key, came)
    return { key: came === undefined ? '' : key, list: came ?? kept.get(key) }
  })
  const [attempt, setAttempt] = useState(0)
  const connection = useConnection()
  const here = state.key === key
  const asked = useRef('')
  useEffect(() => {
    if (here && attempt === 0) return undefined
    // A connection that comes back asks again; one that goes does not: nobody has asked for more, and nobody is there.
    const question = `${key} ${attempt}`
    if (connection === 'away' && asked.current === question) return undefined
    asked.current = question
    const stop = new AbortController()
    const ask = async (): Promise<void> => {
      const outcome = await getJson<Worklist>(requestOf(view), stop.signal).catch(() => undefined)
      if (outcome === undefined || stop.signal.aborted) return
      if (outcome.kind === 'answer') {
        kept.set(key, outcome.value)
        set({ key, list: outcome.value })
      } else if (outcome.kind === 'refused') set((now) => ({ ...now, refused: outcome.says }))
    }
    void ask()
    return () => stop.abort()
  }, [key, attempt, connection])
  const again = useCallback(() => setAttempt((count) => count + 1), [])
  const list = here ? state.list : kept.get(key) ?? state.list
  return { list, waiting: !here && !kept.has(key), away: connection === 'away', again, ...(state.refused === undefined ? {} : { refused: state.refused }) }
}
