import closeWithGrace from 'close-with-grace'
import { type Config, DEVELOPMENT } from '../config.ts'
import { codeOf } from '../error-code.ts'
import { openParts, type Parts } from '../parts.ts'
import { resourceLines } from './resource-lines.ts'
import { settingsOf } from './settings.ts'

/** Serves the flows under a folder until it is told to stop, and watches them; throws where there is no such folder. */
export async function serve(folder: string): Promise<void> {
  const config = settingsOf(folder)
  const parts = await openParts(config)
  parts.metrics.watchProcess()
  closeWithGrace({ delay: CLOSE_WITHIN_MS }, async ({ err }) => {
    if (err) parts.log.error({ err }, 'stopping after an error')
    await parts.close()
  })
  await listen(config, parts)
  greet(config, parts)
}

/** Long enough for a turn that a caller is waiting for. */
const CLOSE_WITHIN_MS = 15_000

async function listen({ PORT: port, HOST: host }: Config, { server }: Parts): Promise<void> {
  try {
    await server.listen({ port, host })
  } catch (error) {
    const advice = ADVICE[codeOf(error) ?? '']
    throw advice === undefined ? error : new UnusableAddress(error, advice)
  }
}

/** What to do where the server cannot listen, by the code of the error. */
const ADVICE: Readonly<Record<string, string>> = {
  EACCES: 'set PORT to one that this user may listen on, such as 3000',
  EADDRINUSE: 'set PORT to another one, or stop what listens there',
  EADDRNOTAVAIL: 'set HOST to an address of this machine',
  EAI_AGAIN: 'set HOST to an address of this machine',
  ENOTFOUND: 'set HOST to an address of this machine',
}

class UnusableAddress extends Error {
  override readonly name = 'UnusableAddress'

  constructor(cause: unknown, advice: string) {
    super(`${cause instanceof Error ? cause.message : cause}: ${advice}`, { cause })
  }
}

function greet(config: Config, { flows, project, server }: Parts): void {
  const base = config.PUBLIC_URL ?? server.listeningOrigin
  const served = flows.list()
  const width = Math.max(0, ...served.map(({ name }) => name.length))
  const lines = [
    `Trunkline answers on ${base}`,
    `The console: ${base}/`,
    '',
    served.length > 0
      ? 'Webhooks of your flows:'
      : `No flows in ${config.FLOWS_DIR}: put exported flows there as *.json.`,
    ...served.map(({ name, sid }) => `  ${name.padEnd(width)}  ${base}/flows/${encodeURIComponent(name)}  (${sid})`),
    '',
    ...resourceLines(project.project, base),
    ...missing(config).map((line) => `! ${line}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function missing(config: Config): string[] {
  return [
    ...(config.development
      ? ['TWILIO_AUTH_TOKEN is not set: signatures are not checked, and only this machine can reach the server']
      : []),
    ...(!config.development && config.TWILIO_ACCOUNT_SID === DEVELOPMENT.accountSid
      ? ['TWILIO_ACCOUNT_SID is not set: signatures are checked, but REST calls are made for no account']
      : []),
    ...(config.CARRIER === 'simulated'
      ? [
          `The carrier is simulated: nothing leaves this machine. Its REST API is at /2010-04-01, account ${config.TWILIO_ACCOUNT_SID}`,
        ]
      : []),
    ...(config.PUBLIC_URL ? [] : ['PUBLIC_URL is not set: URLs are given out as each request names this server']),
  ]
}
