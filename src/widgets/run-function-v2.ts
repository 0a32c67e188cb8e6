import { callFunction, functionAnswered, functionProperties } from '../engine/function-call.ts'
import { defineWidget, type Visit } from '../engine/widget.ts'

/** Does what `run-function` does: Studio's schema has the type, and nothing more is known of it (widgets.md 3.19). */
export const runFunctionV2 = defineWidget({
  type: 'run-function-v2',
  library: {
    title: 'Run Function (v2)',
    group: 'Tools',
    exits: { success: 'Success', fail: 'Fail', failed: 'Failed' },
    retired: true,
  },
  summary: 'Calls a function and keeps what it answers, like run-function.',
  needs: 'anything',
  exits: ['success', 'fail', 'failed'],
  onInvalid: 'fail',
  properties: functionProperties,
  enter: (visit) => callFunction(visit, failureOf(visit)),
  resume: (visit, event) => functionAnswered(visit, event, failureOf(visit)),
})

/** Which of the two spellings the flow has connected. */
function failureOf({ leadsOn }: Visit): 'fail' | 'failed' {
  return leadsOn('failed') ? 'failed' : 'fail'
}
