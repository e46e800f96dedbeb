/**
 * What was typed and not yet saved. It lies in this browser from the first key, survives a reload and a lost connection,
 * and goes when it was saved or thrown away. Demo and own children never share a draft.
 */
import { useCallback, useState } from 'preact/hooks'

const PREFIX = 'bairn.draft.'

export interface Draft<T> {
  readonly value: T
  readonly set: (next: T | ((now: T) => T)) => void
  readonly clear: () => void
  /** true when the value was found from an earlier time: the page says so once */
  readonly restored: boolean
}

/**
 * @param name of the form and what it is about: 'register', `measure/${child}`
 * @param isDraft tells whether stored data still have this form's shape
 */
export function useDraft<T>({ name, demo, empty, isDraft }: { readonly name: string; readonly demo: boolean; readonly empty: T; readonly isDraft: (stored: unknown) => stored is T }): Draft<T> {
  const key = `${PREFIX}${demo ? 'demo' : 'own'}.${name}`
  const [{ value, restored }, setState] = useState(() => {
    const stored = readDraft(key)
    return isDraft(stored) ? { value: stored, restored: true } : { value: empty, restored: false }
  })
  const set = useCallback((next: T | ((now: T) => T)) => {
    setState((now) => {
      const changed = typeof next === 'function' ? (next as (now: T) => T)(now.value) : next
      keep(key, changed)
      return { ...now, value: changed }
    })
  }, [key])
  const clear = useCallback(() => {
    localStorage.removeItem(key)
    setState({ value: empty, restored: false })
  }, [key, empty])
  return { value, set, clear, restored }
}

// A full or forbidden store must not take the form away: then the draft lives as long as the page.
function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // nothing to do: the form itself still holds what was typed
  }
}

function readDraft(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return undefined
  }
}
