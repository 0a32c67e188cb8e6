import { useCallback, useMemo, useState } from 'react'
import { exitsOf } from '../../picture/exits.ts'
import { countsOf, type TransitionCount } from '../ask/flows.ts'
import { edgeId } from '../canvas/path.ts'
import { StillCanvas } from '../canvas/still-canvas.tsx'
import { placedIn } from '../document/placed.ts'
import { type Editor, useEditor } from '../editor/editor.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { flowHash } from '../route.ts'
import '../styles/executions.css'

/** How many executions took each connection of the flow in a period. */
export function CountsView({ flow }: { readonly flow: string }) {
  const editor = useEditor()
  const [days, setDays] = useState(7)
  const { answer = NONE, error } = useAsked(
    useCallback(() => countsOf(flow, new Date(Date.now() - days * DAY_MS)), [flow, days]),
  )
  const counts = useMemo(() => byEdge(answer, editor), [answer, editor])
  return (
    <main className="counts-view">
      <section className="canvas" aria-label="Canvas">
        <StillCanvas
          definition={editor.document.definition}
          counts={counts}
          widget={undefined}
          first={NO_WIDGETS}
          onWidget={(id) => location.assign(`${flowHash(flow)}?sel=${encodeURIComponent(id)}`)}
        />
        <div className="execution-bar">
          <label className="period">
            <b>Taken in the last</b>
            <select className="input" value={days} onChange={({ target }) => setDays(Number(target.value))}>
              <option value={1}>24 hours</option>
              <option value={7}>7 days</option>
              <option value={30}>30 days</option>
            </select>
          </label>
          {error !== undefined && <Told error={error} />}
        </div>
      </section>
    </main>
  )
}

const NONE: readonly TransitionCount[] = []
const NO_WIDGETS: readonly string[] = []
const DAY_MS = 86_400_000

/** Counts know no branches: where two of them lead to the same widget, the first bears the count of both. */
function byEdge(counts: readonly TransitionCount[], { document, catalogue }: Editor): ReadonlyMap<string, number> {
  const taken = new Map(counts.map(({ from, event, to, count }) => [JSON.stringify([from, event, to]), count]))
  const edges = new Map<string, number>()
  for (const placed of placedIn(document.definition)) {
    for (const { key, event, next } of exitsOf(placed, catalogue)) {
      const way = JSON.stringify([placed.name, event, next])
      edges.set(edgeId(placed.id, key), taken.get(way) ?? 0)
      taken.delete(way)
    }
  }
  return edges
}
