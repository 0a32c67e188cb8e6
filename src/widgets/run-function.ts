import { callFunction, functionAnswered, functionProperties } from '../engine/function-call.ts'
import { defineWidget } from '../engine/widget.ts'

/** Calls a function and keeps its answer (widgets.md 3.18). */
export const runFunction = defineWidget({
  type: 'run-function',
  library: { title: 'Run Function', group: 'Tools', exits: { success: 'Success', fail: 'Fail' } },
  summary: 'Calls a function and keeps what it answers.',
  needs: 'anything',
  exits: ['success', 'fail'],
  onInvalid: 'fail',
  properties: functionProperties,
  enter: (visit) => callFunction(visit, 'fail'),
  resume: (visit, event) => functionAnswered(visit, event, 'fail'),
})
