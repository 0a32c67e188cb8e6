import type { JsonObject } from '../../flow/record.ts'
import { exitsOf } from '../../picture/exits.ts'
import { titleOf } from '../../picture/words.ts'
import type { Execution, Step } from '../ask/executions.ts'
import { iconOf, toneOf } from '../canvas/tones.ts'
import { placedAs } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { CONDITION_WORDS } from '../inspector/condition-words.ts'
import type { Visit } from './visits.ts'
import '../styles/inspector.css'

interface StepPanelProps {
  readonly execution: Execution
  readonly visit: Visit
  readonly definition: JsonObject
}

/** What happened in one step: by which exit it was left, what was compared, what it left behind. */
export function StepPanel({ execution, visit, definition }: StepPanelProps) {
  const { catalogue } = useEditor()
  const { widget, step, number, took } = visit
  const placed = placedAs(definition, widget)
  const type = placed?.type ?? ''
  const Icon = iconOf(catalogue, type)
  const exits = placed ? exitsOf(placed, catalogue) : []
  const exit = step && (exits[step.transition ?? -1] ?? exits.find(({ event }) => event === step.name))
  const warnings = execution.warnings.filter(({ step_sid }) => step !== undefined && step_sid === step.sid)
  return (
    <aside className="side-panel" aria-label="Step">
      <header className={`inspector-head ${toneOf(catalogue, type)}`}>
        <Icon size={18} aria-hidden />
        <h2>{widget}</h2>
      </header>
      <p className="faint">
        Step {number}: {placed ? titleOf(catalogue, type) : 'in another flow'}
        {took !== undefined && `, ${lasting(took)}`}
      </p>
      {!step && <p className="notice">The execution stands here and waits.</p>}
      {step && (
        <p>
          Left by <b>{exit?.title ?? step.name}</b> to <b>{step.transitioned_to}</b>
        </p>
      )}
      {warnings.map(({ code, message }) => (
        <p key={`${code} ${message}`} className="notice warn">
          {code}: {message}
        </p>
      ))}
      {step && <Comparisons step={step} titles={exits.map(({ title }) => title)} />}
      {step && <Left title="Outputs" values={step.output} />}
      {step && <Left title="Variables set" values={step.variables} />}
      {placed && <Folded title="Properties, as the flow has them" values={placed.properties} />}
      <Folded title="Context of the execution" values={execution.context} />
    </aside>
  )
}

interface ComparisonsProps {
  readonly step: Step
  /** Of the widget's exits, in the order of its transitions. */
  readonly titles: readonly string[]
}

/** Every condition up to the one that held, with both sides. */
function Comparisons({ step: { compared }, titles }: ComparisonsProps) {
  if (compared.length === 0) return null
  const words: Readonly<Record<string, string>> = CONDITION_WORDS
  return (
    <section className="inspector-section">
      <h3>Compared</h3>
      <ul className="comparisons">
        {compared.map(({ transition, type, operand, value, holds }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is all there is
          <li key={place} className={holds ? 'holds' : 'fails'}>
            <span className={`badge ${holds ? 'good' : ''}`}>{holds ? 'held' : 'did not hold'}</span>
            <span>{titles[transition]}</span>
            <code>
              {JSON.stringify(operand)} {words[type] ?? type} {JSON.stringify(value)}
            </code>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Left({ title, values }: { readonly title: string; readonly values: JsonObject }) {
  if (Object.keys(values).length === 0) return null
  return (
    <section className="inspector-section">
      <h3>{title}</h3>
      <pre className="json">{JSON.stringify(values, null, 2)}</pre>
    </section>
  )
}

function Folded({ title, values }: { readonly title: string; readonly values: unknown }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre className="json">{JSON.stringify(values, null, 2)}</pre>
    </details>
  )
}

function lasting(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`
}
