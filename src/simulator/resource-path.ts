/** Which REST API it is: the only one that the carrier has for calls and messages. */
export const API_VERSION = '2010-04-01'

/** The path of a resource of an account; `below` is such as `Calls/CA….json`. */
export function resourcePath(accountSid: string, below: string): string {
  return `/${API_VERSION}/Accounts/${accountSid}/${below}`
}
