import { useCallback, useMemo, useState } from 'react'
import { grouped } from '../../flow/grouped.ts'
import type { JsonObject } from '../../flow/record.ts'
import { definitionAt } from '../ask/flows.ts'
import type { Mark } from '../canvas/nodes.ts'
import { StillCanvas } from '../canvas/still-canvas.tsx'
import { type Difference, differences } from '../document/compare.ts'
import { editable } from '../document/import.ts'
import { put } from '../document/json.ts'
import { placedIn, statesOf } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { counted } from '../parts/time.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { Waiting } from '../parts/waiting.tsx'
import { type FlowRoute, flowHash } from '../route.ts'
import '../styles/executions.css'
import '../styles/inspector.css'

interface ComparisonViewProps {
  readonly route: FlowRoute
  readonly revision: string
}

/** What has changed since a revision, on the canvas and in words; from here the flow goes back to it. */
export function ComparisonView({ route, revision }: ComparisonViewProps) {
  const { answer, error } = useAsked(
    useCallback(async () => editable(await definitionAt(route.flow, revision)), [route.flow, revision]),
  )
  if (error !== undefined) return <Told error={error} />
  if (!answer) return <Waiting what="the revision" />
  return <Compared route={route} revision={revision} from={answer} />
}

function Compared({ route, revision, from }: ComparisonViewProps & { readonly from: JsonObject }) {
  const { document, catalogue, run } = useEditor()
  const { definition: to } = document
  const [widget, setWidget] = useState<string>()
  const found = useMemo(() => differences(from, to, catalogue), [from, to, catalogue])
  const both = useMemo(() => withRemoved(from, to, found), [from, to, found])
  const marks = useMemo(() => marksOf(found), [found])
  const restore = () => {
    run({ kind: 'replace', definition: from })
    location.assign(flowHash(route.flow))
  }
  return (
    <main className="execution-view">
      <section className="canvas" aria-label="Canvas">
        <StillCanvas definition={both} marks={marks} widget={widget} first={NOTHING} onWidget={setWidget} />
        <div className="execution-bar">
          <b>Since revision {revision}</b>
          <span>{counted(found.length, 'difference')}</span>
          <button type="button" className="button" disabled={found.length === 0} onClick={restore}>
            Restore revision {revision}
          </button>
        </div>
      </section>
      <aside className="side-panel" aria-label="Differences">
        <h2>What has changed</h2>
        {found.length === 0 && <p className="faint">Nothing, but for where widgets stand.</p>}
        {[...grouped(found, (one) => one.widget)].map(([name, ofOne]) => (
          <WidgetDifferences key={name ?? ''} name={name} found={ofOne} onWidget={setWidget} />
        ))}
      </aside>
    </main>
  )
}

const NOTHING: readonly string[] = []

interface WidgetDifferencesProps {
  readonly name: string | undefined
  readonly found: readonly Difference[]
  onWidget(name: string | undefined): void
}

function WidgetDifferences({ name, found, onWidget }: WidgetDifferencesProps) {
  return (
    <section className="differences">
      {name === undefined ? (
        <b>The flow</b>
      ) : (
        <button type="button" className="jump" onClick={() => onWidget(name)}>
          <b>{name}</b>
        </button>
      )}
      <ul>
        {found.map(({ words }) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </section>
  )
}

/** The newer definition together with the widgets that it has no more. */
function withRemoved(from: JsonObject, to: JsonObject, found: readonly Difference[]): JsonObject {
  const gone = new Set(found.filter(({ kind }) => kind === 'removed').map(({ widget }) => widget))
  const removed = placedIn(from).filter(({ name }) => gone.has(name))
  return removed.length === 0 ? to : put(to, ['states'], [...statesOf(to), ...removed.map(({ json }) => json)])
}

function marksOf(found: readonly Difference[]): ReadonlyMap<string, Mark> {
  return new Map(found.flatMap(({ widget, kind }) => (widget === undefined ? [] : [[widget, kind] as const])))
}
