import { randomUUID } from 'node:crypto'
import type { Config } from '../../config.ts'
import { signatureOf } from '../../signature/signature.ts'
import { type Answer, ask } from './ask.ts'
import { type Finding, failure, ok, warning } from './finding.ts'

/** Whether this server answers at the address that is given out, and takes the carrier's signatures there. */
export async function address(config: Config): Promise<readonly Finding[]> {
  const here = `http://${config.HOST}:${config.PORT}`
  const base = config.PUBLIC_URL ?? here
  const answer = await ask(`${base}/healthz`)
  if (!isHealthy(answer)) return [await unhealthy(answer, base, here)]
  const reached = ok(`address: a Trunkline answers at ${base}`)
  return config.development ? [reached] : [reached, ...(await signatures(config, base))]
}

function isHealthy(answer: Answer): boolean {
  return answer.kind === 'answered' && answer.response.ok && /"status":\s*"ok"/.test(answer.text)
}

/** Without a server on this machine there is nothing that could be reached. */
async function unhealthy(answer: Answer, base: string, here: string): Promise<Finding> {
  const runs = base !== here && isHealthy(await ask(`${here}/healthz`))
  if (!runs && answer.kind === 'silent')
    return warning(`address: nothing answers at ${base}: ${answer.why}`, 'start the server, and ask again')
  return failure(`address: ${base} ${inWords(answer)}`, 'check PUBLIC_URL, and what stands before this server')
}

function inWords(answer: Answer): string {
  if (answer.kind === 'silent') return `cannot be reached: ${answer.why}`
  const { status, headers } = answer.response
  const target = headers.get('location')
  return target ? `leads on to ${target}: give that one as PUBLIC_URL` : `is no Trunkline: /healthz answers ${status}`
}

/** Asks for a flow that there is not, so that nothing moves: once as the carrier does, once without a signature. */
async function signatures(config: Config, base: string): Promise<readonly Finding[]> {
  const url = `${base}/v1/Accounts/${config.TWILIO_ACCOUNT_SID}/Flows/FW${'0'.repeat(32)}?Doctor=${randomUUID()}`
  const unsigned = await ask(url)
  if (statusOf(unsigned) !== REFUSED)
    return [failure(`signatures: ${base} answers ${statusOf(unsigned)} to a request without one`, ANOTHER)]
  const tokens = config.TWILIO_AUTH_TOKEN
  return Promise.all(tokens.map((token, index) => signedBy(token, `token ${index + 1} of ${tokens.length}`, url)))
}

async function signedBy(token: string, name: string, url: string): Promise<Finding> {
  const answer = await ask(url, { 'x-twilio-signature': signatureOf(token, url, []) })
  if (TAKEN.has(statusOf(answer))) return ok(`signatures: one by ${name} is taken, one that is missing is not`)
  return failure(`signatures: one by ${name} is answered with ${statusOf(answer)}`, ANOTHER)
}

const ANOTHER = 'let the server that answers there have this TWILIO_AUTH_TOKEN and this PUBLIC_URL, and start it anew'

const REFUSED = 403
/** The signature was right; then there is no such flow, or nothing in the request to begin one. */
const TAKEN: ReadonlySet<unknown> = new Set([400, 404])

function statusOf(answer: Answer): number | string {
  return answer.kind === 'answered' ? answer.response.status : answer.why
}
