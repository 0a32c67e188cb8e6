/** Why a connection to a server did not come about or broke off, in words. */
export function whyUnreachable(error: unknown): string {
  // Node leaves the message empty where each of several addresses failed in its own way.
  if (error instanceof AggregateError) return error.errors.map(whyUnreachable).join('; ')
  return error instanceof Error ? error.message : String(error)
}
