import { useCallback, useState } from 'react'
import { type Execution, executionOf } from '../ask/executions.ts'
import { definitionAt } from '../ask/flows.ts'
import { StillCanvas } from '../canvas/still-canvas.tsx'
import { editable } from '../document/import.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { Waiting } from '../parts/waiting.tsx'
import type { FlowRoute } from '../route.ts'
import { noteIn } from '../use-route.ts'
import { ExecutionBar } from './execution-bar.tsx'
import { StepPanel } from './step-panel.tsx'
import { useLive } from './use-live.ts'
import { useStepKeys } from './use-step-keys.ts'
import { pathOf, visitsOf } from './visits.ts'
import '../styles/executions.css'

interface ExecutionViewProps {
  readonly route: FlowRoute
  readonly sid: string
}

/** One execution as a way over the canvas of the revision that it runs, and what each step left behind. */
export function ExecutionView({ route, sid }: ExecutionViewProps) {
  const execution = useAsked(useCallback(() => executionOf(sid), [sid]))
  const version = execution.answer?.flow_version ?? undefined
  const definition = useAsked(
    useCallback(
      async () => (version === undefined ? undefined : editable(await definitionAt(route.flow, String(version)))),
      [route.flow, version],
    ),
  )
  useLive(`execution=${sid}`, execution.again)
  const error = execution.error ?? definition.error
  if (error !== undefined) return <Told error={error} />
  if (!execution.answer || !definition.answer) return <Waiting what="the execution" />
  return <Walked route={route} execution={execution.answer} definition={definition.answer} onEnd={execution.again} />
}

interface WalkedProps {
  readonly route: FlowRoute
  readonly execution: Execution
  readonly definition: Awaited<ReturnType<typeof definitionAt>>
  onEnd(): void
}

function Walked({ route, execution, definition, onEnd }: WalkedProps) {
  const visits = visitsOf(execution)
  const [path, setPath] = useState(() => ({ execution, path: pathOf(visits, definition, route.flow) }))
  if (path.execution !== execution) setPath({ execution, path: pathOf(visits, definition, route.flow) })
  const number = Math.min(route.step ?? visits.length, visits.length)
  const go = (step: number) => {
    if (step >= 1 && step <= visits.length) noteIn({ ...route, step })
  }
  useStepKeys({ number, last: visits.length, go })
  const visit = visits[number - 1]
  return (
    <main className="execution-view">
      <section className="canvas" aria-label="Canvas">
        <StillCanvas
          definition={definition}
          path={path.path}
          widget={visit?.flowSid === route.flow ? visit.widget : undefined}
          first={[...path.path.steps.keys()]}
          onWidget={(id) => go(path.path.steps.get(id)?.[0] ?? 0)}
        />
        <ExecutionBar execution={execution} number={number} last={visits.length} onGo={go} onEnd={onEnd} />
      </section>
      {visit && <StepPanel execution={execution} visit={visit} definition={definition} />}
    </main>
  )
}
