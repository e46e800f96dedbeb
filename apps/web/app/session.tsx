/** Who is here, where, and which database is open: for every screen, by `useSession()`. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Session } from '../contract.ts'

export interface SessionState {
  readonly session: Session
  readonly setSession: (session: Session) => void
}

export const SessionContext = createContext<SessionState | undefined>(undefined)

export function useSession(): SessionState {
  const state = useContext(SessionContext)
  if (state === undefined) throw new Error('useSession() stands outside <App>')
  return state
}
