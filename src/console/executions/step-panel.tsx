import type { JsonObject } from '../../flow/record.ts'
import { type Exit, exitsOf } from '../../picture/exits.ts'
import { eventTitle, titleOf } from '../../picture/words.ts'
import type { Execution, Step } from '../ask/executions.ts'
import { iconOf, toneOf } from '../canvas/tones.ts'
import { placedAs } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { CONDITION_WORDS } from '../inspector/condition-words.ts'
import { exactly, lasting } from '../parts/time.ts'
import { flowHash } from '../route.ts'
import { StepTold } from './step-told.tsx'
import type { Visit } from './visits.ts'
import '../styles/inspector.css'

interface StepPanelProps {
  readonly execution: Execution
  readonly visit: Visit
  readonly definition: JsonObject
}

/** What happened in one step: what the widget was given, what came, what was asked for and compared, and by which exit it was left. */
export function StepPanel({ execution, visit, definition }: StepPanelProps) {
  const { catalogue } = useEditor()
  const { widget, step, number, took, flowSid } = visit
  const placed = flowSid === execution.flow_sid ? placedAs(definition, widget) : undefined
  const type = placed?.type ?? visit.type
  const Icon = iconOf(catalogue, type)
  const exits = placed ? exitsOf(placed, catalogue) : []
  const warnings = execution.warnings.filter(({ step_sid }) => step_sid === visit.sid)
  return (
    <aside className="side-panel" aria-label="Step">
      <header className={`inspector-head ${toneOf(catalogue, type)}`}>
        <Icon size={18} aria-hidden />
        <h2>{widget}</h2>
      </header>
      <p className="faint">
        Step {number}: {titleOf(catalogue, type)}
        {took !== undefined && `, ${lasting(took)}`}
        {!placed && (
          <>
            , in <a href={flowHash(flowSid)}>another flow</a>
          </>
        )}
      </p>
      <Outcome execution={execution} visit={visit} exits={exits} />
      {warnings.map(({ code, message }) => (
        <p key={`${code} ${message}`} className="notice warn">
          {code}: {message}
        </p>
      ))}
      <StepTold execution={execution} visit={visit} templates={placed?.properties} />
      {step && <Comparisons step={step} titles={exits.map(({ title }) => title)} />}
      {step && <Left title="Outputs" values={step.output} />}
      {step && <Left title="Variables set" values={step.variables} />}
      <details>
        <summary>Context of the execution</summary>
        <pre className="json">{JSON.stringify(execution.context, null, 2)}</pre>
      </details>
    </aside>
  )
}

interface OutcomeProps {
  readonly execution: Execution
  readonly visit: Visit
  readonly exits: readonly Exit[]
}

/** By which exit a step was left, or why it was not. */
function Outcome({ execution, visit: { step, type }, exits }: OutcomeProps) {
  const { catalogue } = useEditor()
  const { status, ended_reason, waiting } = execution
  if (step) {
    const exit = exits[step.transition ?? -1] ?? exits.find(({ event }) => event === step.name)
    return (
      <p>
        Left by <b>{exit?.title ?? eventTitle(catalogue, type, step.name)}</b> to <b>{step.transitioned_to}</b>
      </p>
    )
  }
  if (status === 'ended') return <p className="notice">The execution ended here: {ended_reason}.</p>
  return (
    <p className="notice">
      The execution stands here and waits{waiting && `, until ${exactly(waiting.date_due)} at the latest`}.
    </p>
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
