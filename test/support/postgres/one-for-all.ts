import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { type Server, startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the URL of the run's PostgreSQL is asked for. */
    readonly postgresAt: string
  }
}

/** One PostgreSQL for a whole run of the tests, started for the first file that asks for it. */
export default async function oneForAll(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<Server> | undefined
  const door = createServer((_, response) => {
    started ??= startServer()
    started.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(503).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const address = door.address()
  if (address !== null && typeof address !== 'string') project.provide('postgresAt', `http://127.0.0.1:${address.port}`)
  return async () => {
    door.close()
    const server = await started?.catch(() => undefined)
    await server?.stop()
  }
}
