import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import twilio from 'twilio'
import { expect, onTestFinished } from 'vitest'
import { AUTH_TOKEN } from './app.ts'

/** One connection as the server of a test sees it. */
export interface Peer {
  send(message: object | string): void
  close(): void
}

type Heard = Readonly<Record<string, unknown>>

export interface SocketServer {
  /** `ws://…` */
  readonly url: string
  /** Every message, in their order. */
  readonly heard: readonly Heard[]
  readonly isClosed: boolean
}

/** A WebSocket server that is told what to do with each message; the vendor's own package checks the signature. */
export async function serveSockets(answer: (message: Heard, peer: Peer) => void): Promise<SocketServer> {
  const heard: Heard[] = []
  const unsigned: string[] = []
  let isClosed = false
  const server = createServer()
  server.on('upgrade', ({ headers, url }, socket: Socket) => {
    const signature = String(headers['x-twilio-signature'])
    if (!twilio.validateRequest(AUTH_TOKEN, signature, `ws://${headers.host}${url}`, {})) unsigned.push(String(url))
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${GUID}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    const peer: Peer = {
      send: (message) => write(socket, 1, Buffer.from(typeof message === 'string' ? message : JSON.stringify(message))),
      close: () => write(socket, 8, Buffer.from([3, 232])),
    }
    read(socket, (opcode, payload) => {
      if (opcode === 9) write(socket, 10, payload)
      if (opcode === 8) {
        isClosed = true
        write(socket, 8, payload)
        socket.end()
      }
      if (opcode !== 1) return
      const message: Heard = JSON.parse(payload.toString())
      heard.push(message)
      answer(message, peer)
    })
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  onTestFinished(() => {
    server.close()
    expect(unsigned).toEqual([])
  })
  return {
    url: `ws://127.0.0.1:${port}`,
    heard,
    get isClosed() {
      return isClosed
    },
  }
}

/** RFC 6455, 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

function write(socket: Socket, opcode: number, payload: Buffer): void {
  if (!socket.writable) return
  socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), lengthOf(payload), payload]))
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 126) return Buffer.from([length])
  const bytes = Buffer.alloc(length < 65_536 ? 3 : 9)
  if (bytes.length === 3) bytes.writeUInt16BE(length, 1)
  else bytes.writeBigUInt64BE(BigInt(length), 1)
  bytes.writeUInt8(bytes.length === 3 ? 126 : 127, 0)
  return bytes
}

/** Reads whole frames of a client, which are masked, and none of them long or in pieces. */
function read(socket: Socket, take: (opcode: number, payload: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      if (rest.length < 2) return
      const short = rest.readUInt8(1) & 127
      const start = short === 126 ? 4 : 2
      if (rest.length < start) return
      const length = short === 126 ? rest.readUInt16BE(2) : short
      const end = start + 4 + length
      if (rest.length < end) return
      const mask = rest.subarray(start, start + 4)
      const payload = Buffer.from(rest.subarray(start + 4, end).map((byte, index) => byte ^ (mask[index % 4] ?? 0)))
      const opcode = rest.readUInt8(0) & 15
      rest = rest.subarray(end)
      take(opcode, payload)
    }
  })
}
