import { Socket } from 'node:net'
import { FrameReader, frameOf } from '../frames.ts'
import type { ToChild } from '../messages.ts'
import { Runner, type Tell } from './runner.ts'
import { startWatchdog } from './watchdog.ts'

/** Where a child begins: hears of its generation, then of one call after the other. */
const channel = new Socket({ fd: 3 })
const reader = new FrameReader<ToChild>(Number.POSITIVE_INFINITY)
let runner: Runner | undefined

channel.on('data', (chunk: Buffer) => {
  for (const { head } of reader.read(chunk)) hear(head)
})
// The server lets go of it, or is no more.
channel.on('end', () => process.exit())
channel.on('error', () => process.exit())

// Opened now, so that they are not taken for what a function has opened.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

startWatchdog()

process.on('uncaughtException', (error) => {
  if (runner) runner.fail(error)
  else console.error(error)
  channel.removeAllListeners('data')
  channel.write('', () => process.exit(1)) // behind what has been said
})

process.on('exit', () => {
  if (!runner?.isBusy) tell({ type: 'leaving' })
})

function hear(message: ToChild): void {
  switch (message.type) {
    case 'begin':
      runner = new Runner(message.generation, tell)
      tell({ type: 'ready' })
      break
    case 'call':
      runner?.call(message)
      break
    default:
      message satisfies never
  }
}

function tell(message: Parameters<Tell>[0], { body, out }: NonNullable<Parameters<Tell>[1]> = {}): void {
  channel.write(frameOf(message, body), out)
}
