import { useCallback, useMemo, useState } from 'react'
import { countsOf, type TransitionCount } from '../ask/flows.ts'
import { StillCanvas } from '../canvas/still-canvas.tsx'
import { useEditor } from '../editor/editor.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { flowHash } from '../route.ts'
import { countsByEdge } from './counts.ts'
import '../styles/executions.css'

/** How many executions took each connection of the flow in a period. */
export function CountsView({ flow }: { readonly flow: string }) {
  const { document, catalogue } = useEditor()
  const [days, setDays] = useState(7)
  const { answer = NONE, error } = useAsked(
    useCallback(() => countsOf(flow, new Date(Date.now() - days * DAY_MS)), [flow, days]),
  )
  const { definition } = document
  const counts = useMemo(() => countsByEdge(answer, definition, catalogue), [answer, definition, catalogue])
  const isRough = answer.some(({ executions }) => executions === undefined)
  return (
    <main className="counts-view">
      <section className="canvas" aria-label="Canvas">
        <StillCanvas
          definition={definition}
          counts={counts}
          widget={undefined}
          first={NO_WIDGETS}
          onWidget={(id) => location.assign(`${flowHash(flow)}?sel=${encodeURIComponent(id)}`)}
        />
        <div className="execution-bar">
          <label className="period">
            <b>Executions in the last</b>
            <select className="input" value={days} onChange={({ target }) => setDays(Number(target.value))}>
              <option value={1}>24 hours</option>
              <option value={7}>7 days</option>
              <option value={30}>30 days</option>
            </select>
          </label>
          {isRough && <span className="faint">Where there are very many, one that came twice is counted twice.</span>}
          {error !== undefined && <Told error={error} />}
        </div>
      </section>
    </main>
  )
}

const NONE: readonly TransitionCount[] = []
const NO_WIDGETS: readonly string[] = []
const DAY_MS = 86_400_000
