import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Which addresses flows may ask besides public ones: all, none, or these hosts, addresses and networks (`10.0.0.0/8`). */
export type AllowPrivate = boolean | readonly string[]

/** Says of an address whether a connection to it may be made for a host, which may be the address itself. */
export type AddressGuard = (address: string, host: string) => boolean

/** Admits public addresses and what is allowed besides; judges the address, whatever spelling led to it. */
export function addressGuard(allow: AllowPrivate): AddressGuard {
  if (typeof allow === 'boolean') return (address) => allow || isPublic(parsed(address))
  const networks = allow.flatMap(networkOf)
  const hosts = new Set(allow.map(hostName))
  return (text, host) => {
    const address = parsed(text)
    return isPublic(address) || hosts.has(hostName(host)) || networks.some((network) => isWithin(address, network))
  }
}

type Address = ReturnType<typeof ipaddr.parse>
type Network = ReturnType<typeof ipaddr.parseCIDR>

/** An IPv4 address inside an IPv6 one is the IPv4 address. */
function parsed(address: string): Address | undefined {
  return isIP(address) === 0 ? undefined : ipaddr.process(address)
}

/** Outside 2000::/3 nothing of IPv6 is public, though not all of it has a name. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/** A public address by its range, at which Azure gives each machine, and it alone, the secrets of that machine. */
const AZURE_HOST = ipaddr.parseCIDR('168.63.129.16/32')

function isPublic(address: Address | undefined): boolean {
  if (address?.range() !== 'unicast' || isWithin(address, AZURE_HOST)) return false
  return address.kind() === 'ipv4' || isWithin(address, GLOBAL_IPV6)
}

function isWithin(address: Address | undefined, network: Network): boolean {
  return address?.kind() === network[0].kind() && address.match(network)
}

function networkOf(text: string): Network[] {
  if (text.includes('/')) return ipaddr.isValidCIDR(text) ? [ipaddr.parseCIDR(text)] : []
  const address = parsed(text)
  return address ? [[address, address.kind() === 'ipv4' ? 32 : 128]] : []
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/\.$/, '')
}
