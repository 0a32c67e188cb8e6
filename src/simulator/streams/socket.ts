import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { ping, type WebSocket } from 'undici'

/** What a socket tells whoever holds it. */
interface Listener {
  /** A text came. */
  onText(text: string): void
  /** Nothing more comes. */
  onClose(): void
}

/** A WebSocket to the server of a call. */
export class Socket {
  readonly #socket: WebSocket
  #isOpen = true

  private constructor(socket: WebSocket, { onText, onClose }: Listener) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => onText(String(data)))
    socket.addEventListener('close', () => {
      this.#isOpen = false
      onClose()
    })
  }

  /** Resolves when the server has taken the connection; undefined where it has not. */
  static open(socket: WebSocket, listener: Listener): Promise<Socket | undefined> {
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => socket.close(), PATIENCE_MS)
      const settle = (opened: Socket | undefined) => {
        clearTimeout(giveUp)
        resolve(opened)
      }
      socket.addEventListener('open', () => settle(new Socket(socket, listener)), { once: true })
      socket.addEventListener('error', () => settle(undefined), { once: true })
      socket.addEventListener('close', () => settle(undefined), { once: true })
    })
  }

  send(message: object): void {
    if (this.#isOpen) this.#socket.send(JSON.stringify(message))
  }

  /** Resolves when the server has had everything that was sent, and what it answers at once has come. */
  answered(): Promise<void> {
    if (!this.#isOpen) return Promise.resolve()
    return new Promise((resolve) => {
      const onPong = (news: unknown) => {
        // undici publishes the socket with each pong
        if ((news as { readonly websocket?: unknown }).websocket === this.#socket) settle()
      }
      const giveUp = setTimeout(settle, PATIENCE_MS)
      const socket = this.#socket
      function settle(): void {
        clearTimeout(giveUp)
        unsubscribe(PONG, onPong)
        socket.removeEventListener('close', settle)
        resolve()
      }
      subscribe(PONG, onPong)
      socket.addEventListener('close', settle)
      ping(socket)
    })
  }

  close(): void {
    this.#socket.close()
  }
}

const PONG = 'undici:websocket:pong'
/** Milliseconds of the world's time: a server that says nothing holds up no simulation. */
const PATIENCE_MS = 5_000
