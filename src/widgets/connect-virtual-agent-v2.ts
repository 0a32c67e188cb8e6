import { z } from 'zod'
import { callbackOf } from '../engine/callback-url.ts'
import { WARNING } from '../engine/warning.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { choice, integer, keyValues, name, record, text } from '../flow/properties.ts'
import type { Config, Parameter } from '../twiml/verbs.ts'

const properties = z.object({
  connector_name: name().meta({ title: 'Connector' }),
  connector_details: record().meta({ title: 'Connector details' }),
  channel: choice(['voice', 'conversations']).default('voice').meta({ title: 'Channel' }),
  configurations: keyValues().meta({ title: 'Configurations' }),
  parameters: keyValues().meta({ title: 'Parameters' }),
  status_callback: text().meta({ title: 'Status callback URL' }),
  status_callback_method: choice(['POST', 'GET']).default('POST').meta({ title: 'Status callback method' }),
  timeout: integer({ min: 0 }).meta({ title: 'Timeout in seconds' }),
  session_behavior: text().meta({ title: 'Session' }),
  resume_session_identification_method: text().meta({ title: 'Resume session by' }),
  resume_session_identification_value: text().meta({ title: 'Session to resume' }),
  resume_session_event_name: text().meta({ title: 'Event on resuming' }),
})

/** Connects the caller with a Dialogflow CX agent (widgets.md 3.15). */
export const connectVirtualAgentV2 = defineWidget({
  type: 'connect-virtual-agent-v2',
  library: {
    title: 'Connect Virtual Agent',
    group: 'Voice',
    exits: {
      completed: 'Completed',
      'live-agent-handoff': 'Live Agent Handoff',
      hangup: 'Caller Hung Up',
      failed: 'Failed',
      paused: 'Paused',
      timeout: 'Timeout',
    },
  },
  summary: 'Connects the caller with a virtual agent (Dialogflow CX).',
  needs: 'anything',
  exits: ['completed', 'live-agent-handoff', 'hangup', 'failed', 'paused', 'timeout'],
  properties,

  enter({ properties, callbackUrl, execution }) {
    const { connector_name, connector_details, configurations = [], parameters = [], status_callback } = properties
    const connectorName =
      connector_name ?? (typeof connector_details?.name === 'string' ? connector_details.name : undefined)
    if (!execution.call || properties.channel !== 'voice')
      return failed('a virtual agent can be connected with a call only')
    if (!connectorName) return failed('no connector is named')
    const { url: statusCallback, warnings } = callbackOf('status', status_callback)
    const agent = {
      verb: 'VirtualAgent',
      connectorName,
      statusCallback,
      statusCallbackMethod: statusCallback ? properties.status_callback_method : undefined,
      children: [
        ...configurations.map(({ key, value }): Config => ({ verb: 'Config', name: key, value })),
        ...parameters.map(({ key, value }): Parameter => ({ verb: 'Parameter', name: key, value })),
      ],
    } as const
    return answer([{ verb: 'Connect', action: callbackUrl(), method: 'POST', children: [agent] }], { warnings })
  },

  resume({ execution }, event) {
    if (event.type !== 'continued') return undefined
    const output = event.params
    if (!execution.call?.live) return exit('hangup', { output })
    return exit(STATUSES.find((known) => known === output.VirtualAgentStatus) ?? 'failed', { output })
  },
})

/** What `VirtualAgentStatus` may say; each is an exit. */
const STATUSES = ['completed', 'live-agent-handoff', 'failed', 'paused', 'timeout'] as const

function failed(message: string) {
  return exit('failed', { warnings: [{ code: WARNING.unsupported, message }] })
}
