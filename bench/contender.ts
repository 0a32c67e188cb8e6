import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Usage } from './gauge.ts'

/** A server that is measured, in a process of its own. */
export interface Contender {
  readonly name: string
  readonly origin: string
  readonly child: ChildProcess
  /** Requests per second of each round. */
  readonly rates: number[]
}

type Settings = Readonly<Record<string, string>>

/** Starts one that can be asked what it uses; resolves when it has said where it listens, throws where it stops before. */
export function start(name: string, args: readonly string[], settings: Settings = {}): Promise<Contender> {
  return launch(name, ['--expose-gc', '--import', 'tsx', '--import', GAUGE, ...args], settings)
}

const GAUGE = fileURLToPath(new URL('gauge.ts', import.meta.url))

/** Starts one as users do. */
export async function launch(name: string, args: readonly string[], settings: Settings): Promise<Contender> {
  const { PATH = '', HOME = '', NODE_RED = '' } = process.env
  const child = spawn(process.execPath, args, {
    env: { PATH, HOME, ...(NODE_RED && { NODE_RED }), ...settings },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  return { name, origin: await originOf(child), child, rates: [] }
}

async function originOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('it has no output')
  for await (const line of createInterface(child.stdout)) {
    const origin = /(http:\/\/[^\s/]+)/.exec(line)?.[1]
    if (origin) return origin
  }
  throw new Error('it stopped before it listened')
}

/** What it has used since it was started. */
export async function usageOf({ child }: Contender): Promise<Usage> {
  child.send('usage')
  const [usage] = await once(child, 'message')
  return usage
}

/** What it takes of the memory once its garbage is gone, in megabytes. */
export async function memoryOf({ child }: Contender): Promise<number> {
  child.send('memory')
  const [bytes] = await once(child, 'message')
  return bytes / 1e6
}

/** Has it end, and waits for that. */
export async function stop({ child }: Contender): Promise<void> {
  const gone = once(child, 'exit')
  child.kill()
  await gone
}
