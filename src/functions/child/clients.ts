import type twilio from 'twilio'
import type { Account, Addresses } from '../messages.ts'
import type { TwilioPackage } from './twilio-package.ts'

/** Clients of Twilio's REST API that reach what this server stands for. */
export class Clients {
  /** As the call that is under way knows them. */
  addresses: Addresses = { own: 'http://127.0.0.1' }
  readonly #twilio: TwilioPackage
  readonly #account: Account
  readonly #environment: Readonly<Record<string, string>>

  constructor(twilio: TwilioPackage, { account, environment }: ClientParts) {
    this.#twilio = twilio
    this.#account = account
    this.#environment = environment
  }

  /** `context.getTwilioClient()`: the real client of the package. */
  client(options: ClientOptions = {}): twilio.Twilio {
    const { sid, authToken } = this.#account
    const { TWILIO_REGION: region, TWILIO_EDGE: edge } = this.#environment
    const place = { ...(region && { region }), ...(edge && { edge }) }
    const client = this.#twilio.all
    return client(sid, authToken, { ...place, httpClient: this.#httpClient(options), ...options })
  }

  /** `Runtime.getSync()`; Sync is not played here. */
  sync(serviceName: string, options: ClientOptions): object {
    if (!this.#account.real) {
      throw new Error('Runtime.getSync: Sync is Twilio’s; set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to use it')
    }
    const service = this.client(options).sync.v1.services(serviceName)
    return Object.assign(service, { maps: service.syncMaps, lists: service.syncLists })
  }

  /** The package's own, but for where it goes. */
  #httpClient(options: ClientOptions): InstanceType<typeof twilio.RequestClient> {
    const client = new this.#twilio.all.RequestClient(options)
    const request: typeof client.request = client.request.bind(client)
    return Object.assign(client, {
      request: (asked: Parameters<typeof request>[0]) => request({ ...asked, uri: routed(asked.uri, this.addresses) }),
    })
  }
}

interface ClientParts {
  readonly account: Account
  readonly environment: Readonly<Record<string, string>>
}

type ClientOptions = NonNullable<Parameters<typeof twilio>[2]>

/** Studio is here, whoever the carrier is; all else of Twilio's is the carrier's. */
function routed(uri: string, { own, carrier }: Addresses): string {
  const { hostname, pathname, search } = new URL(uri)
  const [product] = hostname.split('.')
  const base = product === 'studio' ? own : carrier
  return hostname.endsWith('.twilio.com') && base ? base + pathname + search : uri
}
