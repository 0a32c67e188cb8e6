import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What counts as one client: an address of IPv4, or 64 bits of IPv6, below which a client has as many addresses as it likes. */
export function networkOf(address: string): string {
  if (isIP(address) === 0) return address // a proxy can say anything
  return ipaddr.process(address).toByteArray().slice(0, NETWORK_BYTES).join('.')
}

const NETWORK_BYTES = 8
