import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A real PostgreSQL that is started, started again and stopped. */
export interface Server {
  /** Of the database every server has, `postgres`. */
  readonly url: string
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts a server with a fresh folder on a free port, one that need not survive the machine unless it is to be durable; throws where none can be had. */
export async function startServer(kind: 'quick' | 'durable' = 'quick'): Promise<Server> {
  const script = fileURLToPath(new URL('./server-process.ts', import.meta.url))
  const child = fork(script, [kind], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const url = await said(child)
  return {
    url,
    restart: async () => {
      child.send('restart')
      await said(child)
    },
    stop: async () => {
      child.send('stop')
      await once(child, 'exit')
    },
  }
}

/** What the process says next; throws what it complained of where it goes instead. */
async function said(child: ChildProcess): Promise<string> {
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)))
    child.once('exit', (code) => reject(new Error(`the server stopped with ${code}: ${complaint}`)))
  })
}
