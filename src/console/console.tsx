import { lazy, Suspense, useEffect, useState } from 'react'
import { SIGNED_OUT } from './ask/ask.ts'
import { sessionOf } from './ask/session.ts'
import { ConnectPage } from './pages/connect-page.tsx'
import { FlowsPage } from './pages/flows-page.tsx'
import { SignInDialog, SignInPage } from './pages/sign-in-page.tsx'
import { Told } from './parts/told.tsx'
import { useAsked } from './parts/use-asked.ts'
import { Waiting } from './parts/waiting.tsx'
import { SessionContext } from './session.ts'
import { useRoute } from './use-route.ts'

const FlowPage = lazy(() => import('./pages/flow-page.tsx'))

/** The whole page: what the address names, for whoever may see it. */
export function Console() {
  const { answer: session, error, again } = useAsked(sessionOf)
  useEffect(() => {
    const timer = setInterval(again, ASK_AGAIN_MS) // which makes the session longer
    addEventListener(SIGNED_OUT, again)
    return () => {
      clearInterval(timer)
      removeEventListener(SIGNED_OUT, again)
    }
  }, [again])
  if (session)
    return (
      <SessionContext value={{ isLoginRequired: session.login_required, again }}>
        <Guarded isSignedIn={session.signed_in} onSignedIn={again} />
      </SessionContext>
    )
  return error === undefined ? <Waiting what="the console" /> : <Told error={error} />
}

const ASK_AGAIN_MS = 10 * 60_000

interface GuardedProps {
  readonly isSignedIn: boolean
  onSignedIn(): void
}

/** A session that ends takes no page away: what is edited there may not be saved yet. */
function Guarded({ isSignedIn, onSignedIn }: GuardedProps) {
  const [wasSignedIn, setWasSignedIn] = useState(isSignedIn)
  if (isSignedIn && !wasSignedIn) setWasSignedIn(true)
  if (!isSignedIn && !wasSignedIn) return <SignInPage onSignedIn={onSignedIn} />
  return (
    <>
      <Page />
      {!isSignedIn && <SignInDialog onSignedIn={onSignedIn} />}
    </>
  )
}

function Page() {
  const route = useRoute()
  if (route.page === 'flows') return <FlowsPage />
  if (route.page === 'connect') return <ConnectPage />
  return (
    <Suspense fallback={<Waiting what="the flow" />}>
      <FlowPage key={route.flow} route={route} />
    </Suspense>
  )
}
