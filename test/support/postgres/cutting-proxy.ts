import { createServer, connect as dial, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A way to a server on which connections can be cut. */
export interface CuttingProxy {
  /** The server's URL, by this way. */
  readonly url: string
  /** Cuts the next connection that says something matching, before an answer comes back; the server has heard it. */
  cutBehind(said: RegExp): void
  /** How many have been cut. */
  cuts(): number
}

/** Opens a way to a server for the time of a test. */
export async function cuttingProxy(server: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(server)
  let cutting: RegExp | undefined
  let cuts = 0
  const proxy = createServer((client) => {
    const onward = dial(Number(port), hostname)
    joined(client, onward)
    let isCut = false
    client.on('data', (chunk) => {
      if (cutting?.test(chunk.toString('latin1'))) [cutting, isCut, cuts] = [undefined, true, cuts + 1]
      onward.write(chunk)
    })
    onward.on('data', (chunk) => (isCut ? client.destroy() : client.write(chunk)))
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void proxy.close())
  const url = new URL(server)
  const address = proxy.address()
  if (address !== null && typeof address !== 'string') url.port = String(address.port)
  return {
    url: url.href,
    cutBehind: (said) => {
      cutting = said
    },
    cuts: () => cuts,
  }
}

function joined(one: Socket, other: Socket): void {
  for (const [near, far] of [
    [one, other],
    [other, one],
  ] as const) {
    near.on('error', () => undefined)
    near.on('close', () => far.end())
  }
}
