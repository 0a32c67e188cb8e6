import { codeOf } from '../error-code.ts'

/** Whether the same may succeed in a moment: the server is away, takes over from another one, or let somebody else go first. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  return code === undefined ? AWAY.test(error.message) : PASSING.test(code)
}

/** Whether a failed commit has certainly left nothing: the server itself gave it up. */
export function isUndone(error: unknown): boolean {
  return UNDONE.test(codeOf(error) ?? '')
}

/** What is refused for what it says: syntax, privileges, constraints, values, serialization, deadlocks; without 40003, which says that the outcome is not known. */
const UNDONE = /^(?!40003)(0A|2[1-9]|3|4|5[34])/

/**
 * Connections (08), lost and refused by the network; read-only, as a server that is no longer the first one (25006);
 * a transaction that stood still for too long (25P03); serialization and deadlocks (40); too many connections (53300); a server that stops or starts (57P01 to 57P03).
 */
const PASSING = /^(08|25006|25P03|40|53300|57P0[123]|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/

/** What `pg` says of connections that are gone or cannot be had; these errors have no code. */
const AWAY =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered)/
