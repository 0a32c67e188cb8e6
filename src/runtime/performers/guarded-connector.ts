import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import type { AddressGuard } from './address-guard.ts'

/** Refuses a connection before anything is sent. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'

  constructor(host: string, addresses: readonly string[]) {
    const found = addresses.filter((address) => address !== host).join(', ')
    super(`${host}${found && ` (${found})`} is no public address; HTTP_ALLOW_PRIVATE lists what may be asked besides`)
  }
}

export interface Connecting {
  readonly admits: AddressGuard
  readonly lookup: LookupFunction
  readonly timeoutMs: number
}

/** Connects only to admitted addresses: what is judged is the very address that is used, whatever DNS says later. */
export function guardedConnector({ admits, lookup, timeoutMs }: Connecting): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup: judged(lookup, admits),
    autoSelectFamilyAttemptTimeout: ATTEMPT_TIMEOUT_MS,
  })
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) === 0 || admits(host, host)) return connect(options, callback)
    queueMicrotask(() => callback(new RefusedAddress(host, [host]), null)) // addresses are never looked up
  }
}

/** Node's own 250 ms for one of several addresses are too few to reach the other side of the world. */
const ATTEMPT_TIMEOUT_MS = 1_000

function judged(lookup: LookupFunction, admits: AddressGuard): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const all = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found
      const admitted = all.filter(({ address }) => admits(address, host))
      const [first] = admitted
      if (!first)
        return callback(
          new RefusedAddress(
            host,
            all.map(({ address }) => address),
          ),
          [],
        )
      if (options.all) return callback(null, admitted)
      callback(null, first.address, first.family)
    })
  }
}
