import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import type { Channel } from './channels/channel.ts'
import { inLine } from './channels/in-line.ts'
import { Pace } from './channels/pace.ts'
import { paced } from './channels/paced.ts'
import { readBody } from './channels/rest-answer.ts'
import { carrierConnections, type RestApi, restApiAt } from './channels/rest-api.ts'
import { retrying } from './channels/retrying.ts'
import { twilioChannel } from './channels/twilio.ts'
import type { Clock } from './clock/clock.ts'
import { accountOf, type Config, credentialsOf } from './config.ts'
import { type CarrierApi, carrierRoutes } from './http/carrier.ts'
import type { CountedCredentials } from './http/login/credentials.ts'
import { FailedLogins } from './http/login/failed-logins.ts'
import { bareServer } from './http/server.ts'
import type { Happening } from './simulator/happening.ts'
import { Network } from './simulator/network.ts'
import { restApi } from './simulator/rest/api.ts'

/** The way out to the phone network, as the settings want it. */
export interface Carrier {
  readonly channel: Channel
  /** The same for requests whose answer nobody waits for at this moment. */
  readonly patient: Channel
  /** Serves the carrier's REST API, where it is played here; wrong credentials are counted with those of the server. */
  mount(server: FastifyInstance, failedLogins: FailedLogins): void
  /** Tells of everything that happens, where it is played here. */
  watch(listener: (happening: Happening) => void): void
  close(): Promise<void>
}

/** Twilio, or a service like it; or a network that is played here, whose REST API the flow and other clients share. */
export function openCarrier(config: Config, clock: Clock, network?: Network): Carrier {
  return config.CARRIER === 'simulated' ? simulated(config, clock, network) : real(config, clock)
}

function real(config: Config, clock: Clock): Carrier {
  const { TWILIO_API_KEY, TWILIO_API_SECRET, TWILIO_API_URL: url, FLEX_WORKSPACE_SID: workspaceSid } = config
  const { accountSid, authToken } = accountOf(config)
  const [user, password] =
    TWILIO_API_KEY && TWILIO_API_SECRET ? [TWILIO_API_KEY, TWILIO_API_SECRET] : [accountSid, authToken]
  const connections = carrierConnections()
  const once = restApiAt({ url, user, password, connections })
  const pace = new Pace({ perSecond: config.TWILIO_REQUESTS_PER_SECOND, clock })
  const api = retrying(paced(once, pace), clock)
  const channelOver = (api: RestApi) => twilioChannel({ api, accountSid, workspaceSid, now: () => clock.now() })
  return {
    channel: channelOver(api),
    patient: channelOver(inLine(api, pace)),
    mount() {},
    watch() {},
    close: () => connections.close(),
  }
}

function simulated(config: Config, clock: Clock, given: Network | undefined): Carrier {
  const network = given ?? new Network({ clock, ...accountOf(config) })
  if (!given) network.attach(OWN_NUMBER, {})
  const api = restApi({ network, credentials: credentialsOf(config) })
  const channel = playedChannel(network, config)
  return {
    channel,
    patient: channel,
    mount(server, failedLogins) {
      carrierRoutes(server, api, countedIn(config, failedLogins))
      server.addHook('onListen', async () => {
        network.restUrl = config.PUBLIC_URL ?? server.listeningOrigin
      })
    },
    watch(listener) {
      network.watch(listener)
    },
    close: () => (given ? Promise.resolve() : network.close()),
  }
}

/** The way into a network that is played here: what would go over HTTP goes straight to its REST API, which is none the wiser. */
export function playedChannel(network: Network, config: Config): Channel {
  const { accountSid, authToken } = accountOf(config)
  const api = inProcess(restApi({ network, credentials: credentialsOf(config) }), `${accountSid}:${authToken}`)
  return twilioChannel({ api, accountSid, now: () => network.clock.now() })
}

/** Serves the REST API of a network on a port of its own, where the URLs that the network gives out can be fetched. */
export async function serveCarrier(network: Network, config: Config): Promise<FastifyInstance> {
  const server = bareServer({ log: pino({ level: 'silent' }), trustProxy: false })
  carrierRoutes(
    server,
    restApi({ network, credentials: credentialsOf(config) }),
    countedIn(config, new FailedLogins(network.clock)),
  )
  network.restUrl = await server.listen({ host: '127.0.0.1', port: 0 })
  return server
}

function countedIn(config: Config, failedLogins: FailedLogins): CountedCredentials {
  const { TWILIO_ACCOUNT_SID: accountSid, development } = config
  return { credentials: credentialsOf(config), accountSid, development, failedLogins }
}

/** Messaging Services need a number to send from. */
const OWN_NUMBER = '+15550002000'

function inProcess(api: CarrierApi, credentials: string): RestApi {
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  return {
    async ask({ method, path: place, form = [], token }) {
      const [path = '', queryText] = place.split('?', 2)
      const query = [...new URLSearchParams(queryText)]
      const { status, body } = api.handle({ method, path, authorization, token, query, form })
      return { status, ...readBody(body.toString()) }
    },
  }
}
