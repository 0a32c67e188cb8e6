import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A server that is measured, in a process of its own. */
export interface Contender {
  readonly name: string
  readonly origin: string
  readonly child: ChildProcess
  /** Requests per second of each round. */
  readonly rates: number[]
}

/** Starts one; resolves when it has said where it listens. */
export async function start(
  name: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const { PATH = '' } = process.env
  const env = { PATH, ...settings }
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface(child.stdout)
  for (;;) {
    const [line] = await once(lines, 'line')
    const origin = /(http:\/\/\S+)/.exec(String(line))?.[1]
    if (origin) return { name, origin, child, rates: [] }
  }
}
