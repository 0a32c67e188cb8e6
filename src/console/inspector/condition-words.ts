import type { ConditionType } from '../../flow/definition.ts'
import type { JsonObject } from '../../flow/record.ts'

/** Studio's words for the tests of a split, in the order of its menu. */
export const CONDITION_WORDS = {
  equal_to: 'Equal To',
  not_equal_to: 'Not Equal To',
  matches_any_of: 'Matches Any Of',
  does_not_match_any_of: 'Does Not Match Any Of',
  contains: 'Contains',
  does_not_contain: 'Does Not Contain',
  starts_with: 'Starts With',
  does_not_start_with: 'Does Not Start With',
  is_blank: 'Is Blank',
  is_not_blank: 'Is Not Blank',
  regex: 'Regex',
  less_than: 'Less Than',
  greater_than: 'Greater Than',
  is_before_time: 'Is Before Time',
  is_after_time: 'Is After Time',
  is_before_date: 'Is Before Date',
  is_after_date: 'Is After Date',
} as const satisfies Record<ConditionType, string>

/** A condition with another test or value; a name that Studio made of them is made anew. */
export function changedCondition(condition: JsonObject, change: JsonObject): JsonObject {
  const changed = { ...condition, ...change }
  return condition.friendly_name === madeName(condition) ? { ...changed, friendly_name: madeName(changed) } : changed
}

/** A branch that tests the split's own variable. */
export function newBranch(input: unknown): JsonObject {
  return { event: 'match', conditions: [newCondition(input)] }
}

/** A condition as the button "New Condition" makes it. */
export function newCondition(input: unknown): JsonObject {
  const condition = { arguments: [typeof input === 'string' ? input : ''], type: 'equal_to', value: '' }
  return { friendly_name: madeName(condition), ...condition }
}

/** "If value equal_to 1": what Studio calls a condition until somebody gives it a name. */
function madeName({ type, value }: JsonObject): string {
  return `If value ${String(type)} ${String(value ?? '')}`.trimEnd()
}
