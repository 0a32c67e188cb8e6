import { ReactFlowProvider } from '@xyflow/react'
import { useCallback } from 'react'
import { catalogueOf } from '../ask/catalogue.ts'
import { flowOf } from '../ask/flows.ts'
import { FlowEditor } from '../editor/flow-editor.tsx'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { Waiting } from '../parts/waiting.tsx'
import type { FlowRoute } from '../route.ts'
import { PageHead } from './page-head.tsx'
import '../styles/pages.css'
import '../styles/small-pages.css'

/** One flow: its canvas, executions, revisions, settings. */
export default function FlowPage({ route }: { readonly route: FlowRoute }) {
  const flow = useAsked(useCallback(() => flowOf(route.flow), [route.flow]))
  const catalogue = useAsked(catalogueOf)
  const error = flow.error ?? catalogue.error
  if (error !== undefined) return <NoFlow error={error} />
  if (!flow.answer || !catalogue.answer) return <Waiting what="the flow" />
  return (
    <ReactFlowProvider>
      <FlowEditor kept={flow.answer} catalogue={catalogue.answer} route={route} />
    </ReactFlowProvider>
  )
}

function NoFlow({ error }: { readonly error: unknown }) {
  return (
    <>
      <PageHead page="flows" />
      <main className="page-body">
        <Told error={error} />
      </main>
    </>
  )
}
