import type { z } from 'zod'
import { type FlowDefinition, RunnableDefinition, StudioDefinition } from './definition.ts'
import { type Finding, pointer } from './issue.ts'
import { didYouMean } from './nearest.ts'
import { own } from './record.ts'
import { jsonType, shown } from './shown.ts'

/** Reads the structure of a definition; it is missing when it has a finding that is an error. */
export function readStructure(raw: unknown): { definition?: FlowDefinition; findings: readonly Finding[] } {
  const runnable = RunnableDefinition.safeParse(raw, { reportInput: true })
  const blocking = runnable.error?.issues.map((issue) => finding(issue, raw, 'error')) ?? []
  const blocked = new Set(blocking.map(({ path }) => path))
  const { error } = StudioDefinition.safeParse(raw, { reportInput: true })
  const strict = error?.issues.map((issue) => finding(issue, raw, 'studio')) ?? []
  const more = [...strict, ...conditionsOutsideSplits(raw)]
  const findings = [...blocking, ...more.filter(({ path }) => !blocked.has(path))]
  return runnable.success ? { definition: runnable.data, findings } : { findings }
}

function finding(issue: z.core.$ZodIssue, raw: unknown, gravity: Finding['gravity']): Finding {
  return { gravity, ...placeOf(issue.path, raw), ...explained(issue) }
}

function placeOf(path: readonly PropertyKey[], raw: unknown): Pick<Finding, 'path' | 'widget'> {
  const [states, index] = path
  const name = states === 'states' && index !== undefined ? own(own(own(raw, 'states'), index), 'name') : undefined
  return { path: pointer(path), ...(typeof name === 'string' ? { widget: name } : {}) }
}

type Explanation = Pick<Finding, 'rule' | 'message' | 'hint'>

function explained(issue: z.core.$ZodIssue): Explanation {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue)
    case 'invalid_value':
      return wrongWord(issue)
    case 'too_small':
      return issue.origin === 'array'
        ? { rule: 'no-states', message: 'no widget found, at least a trigger expected' }
        : { rule: 'empty', message: "'' found: must not be empty" }
    case 'too_big':
      return {
        rule: 'too-many-states',
        message: `${lengthOf(issue.input)} widgets found, at most ${issue.maximum} expected`,
      }
    default:
      return { rule: 'wrong-value', message: issue.message }
  }
}

function wrongType({ input, expected, path }: z.core.$ZodIssueInvalidType): Explanation {
  if (input === undefined)
    return { rule: 'missing-property', message: `'${String(path.at(-1))}' is missing but it is required` }
  if (input === null) return { rule: 'wrong-json-type', message: `'${String(path.at(-1))}' must not be null` }
  if (path.at(-2) === 'conditions') return bareCondition(input)
  const value = typeof input === 'object' ? '' : ` (${shown(input)})`
  return { rule: 'wrong-json-type', message: `${jsonType(input)} found, ${expected} expected${value}` }
}

function bareCondition(input: unknown): Explanation {
  const message = `${jsonType(input)} found, object expected (${shown(input)})`
  return { rule: 'bare-condition', message, hint: 'write {"friendly_name", "arguments": ["{{…}}"], "type", "value"}' }
}

function wrongWord({ input, values }: z.core.$ZodIssueInvalidValue): Explanation {
  if (input === undefined) return { rule: 'missing-property', message: "'type' is missing but it is required" }
  const words = values.map(String)
  const message = `${shown(input)} does not have a value in the enumeration [${words.join(', ')}]`
  return { rule: 'unknown-condition', message, ...(typeof input === 'string' ? didYouMean(input, words) : {}) }
}

/** Conditions on other than `match` transitions: hand-made files have them, nothing reads them. */
function conditionsOutsideSplits(raw: unknown): Finding[] {
  return items(raw, 'states').flatMap((state, index) =>
    items(state, 'transitions').flatMap((transition, exit) => {
      if (own(transition, 'event') === 'match' || items(transition, 'conditions').length === 0) return []
      const path = ['states', index, 'transitions', exit, 'conditions']
      const message = `conditions found on ${shown(own(transition, 'event'))}: only the match transitions of a split have them`
      return [{ gravity: 'studio', rule: 'conditions-outside-split', message, ...placeOf(path, raw) }]
    }),
  )
}

function items(value: unknown, key: string): readonly unknown[] {
  const list = own(value, key)
  return Array.isArray(list) ? list : []
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0
}
