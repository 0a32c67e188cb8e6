import { contextOf, type Execution, type Step, topFrame } from '../../engine/execution.ts'
import type { LoggedWarning } from '../../engine/record.ts'
import type { Store } from '../../store/store.ts'
import { type Asked, notFound, ok, type Resource } from '../resource.ts'
import type { ApiParts } from './api.ts'
import { executionShown, iso } from './execution-shown.ts'
import { WHOLE_EXECUTION } from './shapes.ts'

/** `GET /api/executions/{Sid}`: all there is of one: its steps and warnings, what it waits for, what `{{…}}` sees. */
export function execution({ store, flows }: ApiParts): Resource {
  return {
    path: '/api/executions/:execution',
    about: { GET: { summary: 'All there is of an execution', answer: WHOLE_EXECUTION } },
    async GET(asked) {
      const found = await executionIn(asked, store)
      const [steps, warnings] = [await store.steps(found.sid), await store.warnings(found.sid)]
      return ok({
        ...executionShown(found, await store.warningCodes(found.sid), flows),
        initiated_by: found.initiatedBy,
        call_sid: found.call?.sid ?? null,
        step_sid: topFrame(found).step,
        waiting: waitingShown(found),
        document: found.document ?? null,
        context: contextOf(found),
        steps: steps.map(stepShown),
        warnings: warnings.map(warningShown),
      })
    },
  }
}

/** The execution that a path names; throws a `Refusal`. */
export async function executionIn(asked: Asked, store: Store): Promise<Execution> {
  const found = await store.execution(asked.ids.execution ?? '')
  if (!found) throw notFound(asked)
  return found
}

/** A step with what it gave out and what a split compared; `transition` is its place among the widget's transitions. */
export function stepShown({ sid, flowSid, parentStep, name, type, from, to, date, ...walked }: Step) {
  return {
    sid,
    flow_sid: flowSid,
    parent_step_sid: parentStep ?? null,
    name,
    type,
    transitioned_from: from,
    transitioned_to: to,
    transition: walked.transition ?? null,
    output: walked.output,
    variables: walked.variables ?? {},
    compared: walked.compared ?? [],
    date_created: iso(date),
  }
}

/** A line of an execution's log, with the visit in which it was written. */
export function warningShown({ code, message, step, widget, date }: LoggedWarning) {
  return { code, message, step_sid: step, widget, date_created: iso(date) }
}

function waitingShown({ waiting }: Execution) {
  return waiting ? { for: waiting.for, date_due: iso(waiting.dueAt), output: waiting.output ?? {} } : null
}
