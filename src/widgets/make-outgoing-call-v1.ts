import { z } from 'zod'
import { heardOfCall, isHungUp, OUTGOING_EXITS, outgoingProperties, placeCall } from '../engine/outgoing-call.ts'
import { defineWidget } from '../engine/widget.ts'

/** Calls the contact as flows did before machines were detected (widgets.md 3.8). */
export const makeOutgoingCallV1 = defineWidget({
  type: 'make-outgoing-call-v1',
  library: {
    title: 'Make Outgoing Call (v1)',
    group: 'Voice',
    exits: {
      answered: 'Answered',
      busy: 'Busy',
      noAnswer: 'No Answer',
      failed: 'Call Failed',
      answeredByMachine: 'Answered by Machine',
      hangup: 'Hung Up',
    },
    retired: true,
  },
  summary: 'Calls the contact and goes on with the call; the older form.',
  needs: 'anything',
  exits: [...OUTGOING_EXITS, 'answeredByMachine', 'hangup'],
  onInvalid: 'failed',
  properties: z.object(outgoingProperties),

  enter: (visit) =>
    placeCall(visit, {
      recording: visit.properties.record ? {} : undefined,
      // It has no property for it, and the carrier tells nobody apart unless it is asked to.
      machineDetection: visit.leadsOn('answeredByMachine') ? DETECTION : undefined,
    }),

  resume(visit, event) {
    const result = heardOfCall(visit, event)
    if (result?.kind !== 'exit') return result
    const isMachine = event.type === 'call-answered' && event.params.AnsweredBy?.startsWith('machine')
    if (isMachine && visit.leadsOn('answeredByMachine')) return { ...result, exit: 'answeredByMachine' }
    const hungUp = event.type === 'time-ran-out' && isHungUp(visit)
    return hungUp && visit.leadsOn('hangup') ? { ...result, exit: 'hangup', warnings: [] } : result
  },
})

/** With the carrier's own timeout, in seconds. */
const DETECTION = { mode: 'Enable', timeout: 30 } as const
