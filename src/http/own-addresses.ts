/** Whether an address is one of this server's own or kept for it: no function and no asset is served there (interface, "REST"). */
export function isOwnAddress(path: string): boolean {
  const [, first = ''] = path.split('/', 2)
  return OWN.has(first)
}

/** Twilio's REST APIs, our own, the webhooks, and what operators ask for. */
const OWN: ReadonlySet<string> = new Set([
  ...['v1', 'v2', '2010-04-01', 'api', 'flows'],
  ...['healthz', 'readyz', 'metrics', 'docs', 'console'],
])
