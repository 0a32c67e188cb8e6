import { lazy, Suspense } from 'react'
import { ConnectPage } from './pages/connect-page.tsx'
import { FlowsPage } from './pages/flows-page.tsx'
import { Waiting } from './parts/waiting.tsx'
import { useRoute } from './use-route.ts'

const FlowPage = lazy(() => import('./pages/flow-page.tsx'))

/** The whole page: what the address names. */
export function Console() {
  const route = useRoute()
  if (route.page === 'flows') return <FlowsPage />
  if (route.page === 'connect') return <ConnectPage />
  return (
    <Suspense fallback={<Waiting what="the flow" />}>
      <FlowPage key={route.flow} route={route} />
    </Suspense>
  )
}
