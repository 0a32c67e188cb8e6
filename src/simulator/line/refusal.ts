import { codeOf } from '../../error-code.ts'
import { fault, type Problem } from '../problem.ts'
import type { Failure } from './connection.ts'

/** Why no answer came, with the code of the dictionary, and the kind of failure by which it may be tried again. */
export interface Refusal {
  readonly problem: Problem
  readonly failure: Failure
}

/** What an error of the connection means to the carrier (twiml.md 1.4 and 10). */
export function refusalOf(error: unknown, url: string): Refusal {
  const reason = error instanceof Error ? error.message || error.name : String(error)
  const code = codeOf(error) ?? (error instanceof Error ? error.name : '')
  if (code === 'TimeoutError')
    return { problem: fault(11200, `${url} gave no whole answer in time: ${reason}`), failure: 'rt' }
  if (isUnreadable(code)) return { problem: fault(11206, `${url} does not speak HTTP: ${reason}`), failure: 'rt' }
  const known = CODES.get(code) ?? (isHandshake(code) ? 11220 : 11205)
  return { problem: fault(known, `${url} cannot be reached: ${reason}`), failure: 'ct' }
}

/** What makes a connection impossible, beside those that are refused or lost. */
const CODES: ReadonlyMap<string, number> = new Map([
  ['ENOTFOUND', 11210],
  ['EAI_AGAIN', 11210],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 11235],
  ['CERT_HAS_EXPIRED', 11236],
  ['CERT_NOT_YET_VALID', 11236],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 11237],
  ['SELF_SIGNED_CERT_IN_CHAIN', 11237],
  ['UNABLE_TO_GET_ISSUER_CERT', 11237],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 11237],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 11237],
])

function isUnreadable(code: string): boolean {
  return code === 'HTTPParserError' || code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW'
}

function isHandshake(code: string): boolean {
  return code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')
}
