import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** A Trunkline running as its own process. */
export interface Running {
  readonly pid: number
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string
  /** What it has printed so far. */
  readonly output: readonly string[]
  /** Resolves when the process is gone, with its exit code. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

/** Starts `trunkline serve` on a folder and a port that is free; it is killed when the test is over. */
export async function run(folder: string, settings: Record<string, string> = {}): Promise<Running> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve', folder], {
    env: { PATH, HOME, PORT: '0', LOG_PRETTY: 'off', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output: string[] = []
  const origin = await originOf(child, output)
  return {
    pid: child.pid ?? 0,
    origin,
    output,
    stop: async (signal) => {
      child.kill(signal)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      return child.exitCode
    },
  }
}

async function originOf(child: ChildProcess, output: string[]): Promise<string> {
  if (!child.stdout || !child.stderr) throw new Error('the process has no output')
  createInterface(child.stderr).on('line', (line) => output.push(line))
  const lines = createInterface(child.stdout)
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`it stopped with ${code} before it listened:\n${output.join('\n')}`)))
    lines.on('line', (line) => {
      output.push(line)
      const found = /answers on (http:\/\/\S+)/.exec(line)?.[1]
      if (found) resolve(found)
    })
  })
}

/** Posts a form and gives the body of the answer. */
export async function post(
  url: string,
  params: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(params), headers })
  return answer.text()
}
