/**
 * Is the server there? Known only by trying: every request tells this store, and while it is away one small request
 * every five seconds finds out when it is back. Components read it with `useConnection()`.
 */
import { useSyncExternalStore } from './store.ts'

export type Connection = 'there' | 'away'
const RETRY_MS = 5000

let state: Connection = 'there'
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** Called with the outcome of every request. */
export function reportConnection(next: Connection): void {
  if (next === 'away' && timer === undefined) timer = setTimeout(tryAgain, RETRY_MS)
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

/** `away` after a request that got no answer, until one gets an answer again. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => state)
}

/** For code that is not a component: called at each change; returns how to stop. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function tryAgain(): Promise<void> {
  timer = undefined
  const there = await fetch('/health', { cache: 'no-store' }).then(() => true, () => false)
  reportConnection(there ? 'there' : 'away')
}
