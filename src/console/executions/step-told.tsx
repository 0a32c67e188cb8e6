import { useCallback } from 'react'
import type { JsonObject } from '../../flow/record.ts'
import type { Execution } from '../ask/executions.ts'
import { definitionAt } from '../ask/flows.ts'
import { stepOf, type ToldStep } from '../ask/steps.ts'
import { placedAs } from '../document/placed.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { FilledProperties } from './filled-properties.tsx'
import { StepEffects } from './step-effects.tsx'
import { StepInput } from './step-input.tsx'
import type { Visit } from './visits.ts'

interface StepToldProps {
  readonly execution: Execution
  readonly visit: Visit
  /** The properties as the flow has them; nothing where it is another flow. */
  readonly templates: JsonObject | undefined
}

/** What a widget was given, what came to it and what it asked for, as far as the server can say. */
export function StepTold({ execution, visit, templates }: StepToldProps) {
  const { sid } = execution
  const step = visit.sid
  const asOf = visit.step ? '' : execution.date_updated // while it stands there, more comes to it
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came since is asked for again
  const { answer, error } = useAsked(useCallback(() => stepOf(sid, step), [sid, step, asOf]))
  if (error !== undefined) return <Told error={error} />
  if (answer?.step_sid !== step) return null // the one before is still shown, or nothing yet
  if ('missing' in answer) {
    return <Untold why={answer.missing} templates={templates} />
  }
  return (
    <>
      <StepInput input={answer.input} />
      <StepEffects effects={answer.effects} />
      {templates ? (
        <FilledProperties told={answer} type={visit.type} templates={templates} />
      ) : (
        <FilledElsewhere told={answer} visit={visit} />
      )}
    </>
  )
}

interface UntoldProps {
  readonly why: string
  readonly templates: JsonObject | undefined
}

/** What can be said all the same: what the flow says. */
function Untold({ why, templates }: UntoldProps) {
  return (
    <>
      <p className="notice">What this widget was given and asked for cannot be told: {why}</p>
      {templates && (
        <details>
          <summary>Properties, as the flow has them</summary>
          <pre className="json">{JSON.stringify(templates, null, 2)}</pre>
        </details>
      )}
    </>
  )
}

/** A step in a subflow, whose definition nobody else here needs. */
function FilledElsewhere({ told, visit }: { readonly told: ToldStep; readonly visit: Visit }) {
  const { flow_sid, flow_revision } = told
  const { answer } = useAsked(
    useCallback(() => definitionAt(flow_sid, String(flow_revision)), [flow_sid, flow_revision]),
  )
  const templates = answer && placedAs(answer, visit.widget)?.properties
  return <FilledProperties told={told} type={visit.type} templates={templates ?? told.properties} />
}
