import { z } from 'zod'
import { WARNING, type Warning } from '../engine/warning.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { choice, keyValues, name } from '../flow/properties.ts'
import type { Parameter, Start, Stop } from '../twiml/verbs.ts'

const properties = z.object({
  stream_action: choice(['start', 'stop']).default('start').meta({ title: 'Stream action' }),
  stream_transport_type: choice(['websocket', 'siprec']).default('websocket').meta({ title: 'Stream transport type' }),
  stream_url: name().meta({ title: 'URL' }),
  stream_connector: name().meta({ title: 'Connector name' }),
  stream_connector_name: name().meta({ title: 'Connector name (another spelling)' }),
  stream_name: name().meta({ title: 'Stream name' }),
  stream_track: choice(['inbound_track', 'outbound_track', 'both_tracks']).meta({ title: 'Stream track' }),
  stream_parameters: keyValues().meta({ title: 'Stream parameters' }),
})

/** Starts or stops a copy of the call's audio; the flow goes on at once (widgets.md 3.13). */
export const forkStream = defineWidget({
  type: 'fork-stream',
  library: { title: 'Fork Stream', group: 'Voice', exits: { next: 'Next' } },
  summary: 'Starts or stops sending the audio of the call to another service.',
  needs: 'call',
  exits: ['next'],
  properties,

  enter({ properties, callbackUrl }) {
    const fork = properties.stream_action === 'start' ? startOf(properties) : stopOf(properties)
    if ('message' in fork) return exit('next', { warnings: [fork] })
    return answer([fork, { verb: 'Redirect', method: 'POST', text: callbackUrl({ FlowEvent: 'next' }) }])
  },

  resume: (_visit, event) => (event.type === 'continued' ? exit('next') : undefined),
})

type Properties = z.output<typeof properties>

function startOf(properties: Properties): Start | Warning {
  const { stream_url: url = '', stream_name: name, stream_track: track, stream_parameters = [] } = properties
  const children = stream_parameters.map(({ key, value }): Parameter => ({ verb: 'Parameter', name: key, value }))
  if (properties.stream_transport_type === 'siprec') {
    const connectorName = properties.stream_connector ?? properties.stream_connector_name
    if (!connectorName) return refused('no SIPREC connector is named')
    return { verb: 'Start', children: [{ verb: 'Siprec', name, connectorName, track, children }] }
  }
  if (!isWebSocket(url)) return refused(`${JSON.stringify(url)} is no wss:// URL`)
  return { verb: 'Start', children: [{ verb: 'Stream', name, url, track, children }] }
}

function stopOf({ stream_transport_type, stream_name: name }: Properties): Stop | Warning {
  if (!name) return refused('a stream is stopped by its name, and none is given')
  return { verb: 'Stop', children: [{ verb: stream_transport_type === 'siprec' ? 'Siprec' : 'Stream', name }] }
}

function refused(why: string): Warning {
  return { code: WARNING.invalidUrl, message: `the stream is left alone: ${why}` }
}

function isWebSocket(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'wss:'
}
