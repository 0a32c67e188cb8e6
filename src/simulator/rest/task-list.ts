import type { Form } from '../../signature/signature.ts'
import { jsonObjectIn } from '../json-object.ts'
import { predicateOf } from '../taskrouter/expression.ts'
import type { Task } from '../taskrouter/tasks.ts'
import { isWanted } from './page.ts'
import { all, one } from './parameters.ts'
import { invalid } from './refused.ts'

/** The tasks that a list is asked for, in the order in which it is; throws `Refused`. */
export function tasksWanted(query: Form, tasks: readonly Task[]): readonly Task[] {
  const statuses = all(query, 'AssignmentStatus').flatMap((text) => text.split(/[\s,]+/))
  const evaluates = evaluationIn(query)
  const wanted = tasks.filter((task) => {
    const isOfStatus = statuses.length === 0 || statuses.includes(task.status)
    const isOfKind =
      isWanted(query, 'WorkflowSid', task.workflowSid) && isWanted(query, 'Priority', String(task.priority))
    return isOfStatus && isOfKind && evaluates(task)
  })
  return wanted.sort(orderIn(query))
}

/** `EvaluateTaskAttributes`: the tasks for whose attributes it holds. */
function evaluationIn(query: Form): (task: Task) => boolean {
  const text = one(query, 'EvaluateTaskAttributes')
  if (text === undefined) return () => true
  const predicate = predicateOf(text)
  if (!predicate) throw invalid(20001, `EvaluateTaskAttributes is ${JSON.stringify(text)}; expected an expression`)
  return ({ attributes }) => predicate(jsonObjectIn(attributes) ?? {})
}

type Order = (left: Task, right: Task) => number

/** `Ordering`: pairs such as `Priority:desc,DateCreated:asc`, of which the first one weighs most. */
function orderIn(query: Form): Order {
  const orders = (one(query, 'Ordering') ?? 'DateCreated:asc').split(',').map(orderOf)
  return (left, right) => orders.map((order) => order(left, right)).find((difference) => difference !== 0) ?? 0
}

function orderOf(pair: string): Order {
  const [, name, way] = /^\s*(DateCreated|Priority|VirtualStartTime):(asc|desc)\s*$/.exec(pair) ?? []
  if (name === undefined)
    throw invalid(20001, `Ordering holds ${JSON.stringify(pair)}; expected a pair such as DateCreated:desc`)
  const rank = ({ priority, createdAt }: Task) => (name === 'Priority' ? priority : createdAt)
  return (left, right) => (way === 'desc' ? rank(right) - rank(left) : rank(left) - rank(right))
}
