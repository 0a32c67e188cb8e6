import { z } from 'zod'
import { typedPairs } from '../engine/typed-pairs.ts'
import { WARNING, type Warning } from '../engine/warning.ts'
import { defineWidget, exit } from '../engine/widget.ts'
import { keyValues, required, text } from '../flow/properties.ts'

/** Enters another flow and comes back at its end (widgets.md 3.21, engine.md 11). */
export const runSubflow = defineWidget({
  type: 'run-subflow',
  library: {
    title: 'Run Subflow',
    group: 'Flow control',
    exits: { completed: 'Subflow Ended', failed: 'Subflow Failed' },
  },
  summary: 'Runs another flow and comes back when it ends.',
  needs: 'anything',
  exits: ['completed', 'failed'],
  onInvalid: 'failed',
  properties: z.object({
    flow_sid: required(text())
      .refine((sid) => /^FW\w+$/.test(sid), 'must be a valid, non-liquid flow sid')
      .meta({ title: 'Subflow', liquid: false }),
    flow_revision: text().default('LatestPublished').meta({ title: 'Revision', liquid: false }),
    parameters: keyValues().meta({ title: 'Subflow parameters' }),
  }),

  enter(visit) {
    const { flow_sid, flow_revision, parameters } = visit.properties
    if (!REVISION.test(flow_revision)) return exit('failed', { warnings: [notRevision(flow_revision)] })
    const { fields, warnings } = typedPairs(visit, 'parameters', parameters)
    return { kind: 'call', flowSid: flow_sid, revision: flow_revision, parameters: fields, warnings }
  },
})

/** Exports and the REST API name the newest revision, published or not, differently (engine.md 11). */
const REVISION = /^(LatestPublished|LatestRevision|LatestDraft|\d+)$/

function notRevision(revision: string): Warning {
  const message = `the revision ${JSON.stringify(revision)} is none: LatestPublished, LatestRevision or a number expected`
  return { code: WARNING.subflowRevision, message }
}
