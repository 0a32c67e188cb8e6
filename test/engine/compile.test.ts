import { expect, test } from 'vitest'
import { compile } from '../../src/engine/compile.ts'
import { STUDIO_LIQUID } from '../../src/liquid/template.ts'
import { wholeMatch } from '../../src/regex/whole-match.ts'

test.each([
  [{ flow_sid: 'FW1' }, { flowSid: 'FW1', revision: 'LatestPublished' }],
  [
    { flow_sid: 'FW1', flow_revision: 3 },
    { flowSid: 'FW1', revision: '3' },
  ],
  [
    JSON.parse('{"flow_sid": {"toString": null}, "flow_revision": ["1"]}'),
    { flowSid: '', revision: 'LatestPublished' },
  ],
])('a subflow named by %j does not keep the rest of its flow from running', (properties, named) => {
  const state = { name: 'sub', type: 'run-subflow', properties, transitions: [] }
  const toolbox = { widgets: new Map(), liquid: STUDIO_LIQUID, wholeMatch }
  const { subflows } = compile(
    { sid: 'FW9', revision: 1, definition: { states: [state], initial_state: 'sub' } },
    toolbox,
  )

  expect(subflows).toEqual([named])
})
