import { Worker } from 'node:worker_threads'

/** The descriptor on which nothing is ever said: it closes when the server is no more. */
const LIFELINE = 4

/** Ends this process with the server, also while a function loops for ever: its own thread hears of nothing then. */
export function startWatchdog(): void {
  const watchdog = new Worker(WATCH, { eval: true, execArgv: [], resourceLimits: LITTLE })
  watchdog.on('error', console.error) // functions run without it, too
  watchdog.unref()
}

/** As it runs: where our sources are run as they are, a thread would not be able to read them. */
const WATCH = `
const { Socket } = require('node:net')
const lifeline = new Socket({ fd: ${LIFELINE} })
lifeline.on('error', () => {}).on('close', () => process.kill(process.pid, 'SIGKILL')).resume()
`

const LITTLE = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, codeRangeSizeMb: 1, stackSizeMb: 1 }
