import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import type { Duplex, Readable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { OWN_PACKAGE } from '../own-package.ts'

/** A process in which functions run, with its ways in and out. */
export interface Started {
  readonly process: ChildProcess
  readonly channel: Duplex
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves with how it has ended, when all that it said has been heard. */
  readonly over: Promise<string>
}

/** Starts one: without the server's environment, with its own limit of memory, in the folder of the project; throws where the system has no room for it. */
export function startProcess({ folder, memoryMb }: { folder: string; memoryMb: number }): Started {
  const words = [`--max-old-space-size=${memoryMb}`, ...FLAGS, ENTRY]
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'] as const // the last one is its lifeline
  const child = spawn(process.execPath, words, { cwd: folder, env: ENVIRONMENT, stdio: [...stdio] })
  const [, , , channel] = child.stdio
  if (isDuplex(channel) && child.stdout && child.stderr) {
    return { process: child, channel, stdout: child.stdout, stderr: child.stderr, over: endOf(child, channel) }
  }
  child.once('error', () => {}) // why, it tells later; that there are no more descriptors, most likely
  throw new Error('a process without its pipes')
}

/** Functions of Twilio's live in UTC, and count the hours of a day so. */
const ENVIRONMENT = { TZ: 'UTC' }

function endOf(child: ChildProcess, channel: Duplex): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`it could not be started: ${error.message}`))
    child.once('exit', (code, signal) => {
      const tell = () => resolve(signal ? `signal ${signal}` : `exit code ${code}`)
      if (channel.closed) tell()
      channel.once('close', tell)
      setTimeout(tell, LAST_WORDS_MS).unref() // others that it has started may keep the channel open
    })
  })
}

const LAST_WORDS_MS = 250

function isDuplex(stream: unknown): stream is Duplex {
  return typeof stream === 'object' && stream !== null && 'write' in stream && 'read' in stream
}

/** The child's own file: built as this one is. */
const built = !import.meta.url.endsWith('.ts')
const ENTRY = fileURLToPath(new URL(built ? 'dist/child.js' : 'src/functions/child/child.ts', OWN_PACKAGE))

/** Only to work on Trunkline itself: today's Node runs our sources as they are, Node 20 by `tsx`. */
const needsTsx = !built && !Reflect.get(process.features, 'typescript')

/** `require` of a module of today's kind works in every supported Node, in some with a warning. */
const FLAGS = [
  '--disable-warning=ExperimentalWarning',
  ...(needsTsx ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href] : []),
]
