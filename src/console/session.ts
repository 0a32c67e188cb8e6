import { createContext, useContext } from 'react'

/** What the parts of the page know of who looks at it. */
export interface SessionState {
  /** Whether somebody had to sign in, and so can sign out. */
  readonly isLoginRequired: boolean
  /** Asks the server anew who is there. */
  again(): void
}

/** The session that all pages share. */
export const SessionContext = createContext<SessionState>({ isLoginRequired: false, again: () => undefined })

/** The session of whoever looks at the page. */
export function useSession(): SessionState {
  return useContext(SessionContext)
}
