/**
 * A query's beginning that makes `moments` of the times at which one execution, whose sid the SQL given says, has taken
 * steps: from its last one back, for each tells when the one before it was taken. By an index of executions they would
 * be found at once; but every step would write it at another place, which costs more (docs/performance.md).
 */
export function momentsOf(execution: string): string {
  return `with recursive moments (at) as (
    select last_step_at from executions where sid = ${execution}
    union
    select s.previous_at from ${walkOf(execution)})`
}

/** All steps of an execution, whose sid the SQL given says, behind its `momentsOf`. `cross join` keeps the planner from beginning at the steps. */
export function walkOf(execution: string): string {
  return `moments m cross join steps s where s.created_at = m.at and s.execution_sid = ${execution}`
}
