import type { FunctionCall } from '../call.ts'
import type { Generation } from '../messages.ts'
import type { Clients } from './clients.ts'

/** A handler's `context`: the project's environment, what Twilio adds, and a client (functions-flex.md A2). The account is the server's, whatever `.env` says. */
export function contextOf(
  { path, host }: FunctionCall,
  { generation, clients }: { generation: Generation; clients: Clients },
): object {
  return {
    DOMAIN_NAME: host,
    PATH: path,
    ...variablesOf(generation),
    getTwilioClient: (options?: object) => clients.client(options),
  }
}

/** What of it is the same for all calls. */
export function variablesOf({ environment, account }: Generation): Readonly<Record<string, string>> {
  return { ...environment, ACCOUNT_SID: account.sid, AUTH_TOKEN: account.authToken }
}
