/** What one client, and all of them together, may keep open. */
export interface ConnectionLimits {
  /** How long the headers of a request may take to arrive. */
  readonly headersMs: number
  /** The same for a whole request with its body; an answer takes the time it needs. */
  readonly requestMs: number
  /** How many connections may be open; one more is closed at once. */
  readonly atOnce: number
}

/** Where nothing else is said. */
export const USUAL_LIMITS: ConnectionLimits = { headersMs: 10_000, requestMs: 30_000, atOnce: 2_000 }

/** The time limits as fastify takes them. Without them the server would wait for ever for a client that sends a byte a minute. */
export function timeLimits({ headersMs, requestMs }: ConnectionLimits) {
  const headersTimeout = Math.min(headersMs, requestMs) // they are a part of the request: node refuses to wait longer for a part
  const options = { headersTimeout, requestTimeout: requestMs, connectionsCheckingInterval: CHECK_MS }
  return { requestTimeout: requestMs, http: options }
}

/** By itself Node checks them only every half minute. */
const CHECK_MS = 1_000
