import type { Parts } from '../../../src/parts.ts'

const ACCOUNT = `AC${'0'.repeat(32)}`

/** The header of Basic authentication in development mode. */
export const AUTHORIZATION = `Basic ${Buffer.from(`${ACCOUNT}:dev`).toString('base64')}`

/** What `/api` answers to a query, in JSON. */
export async function ask({ server }: Parts, path: string, query: Record<string, string> = {}) {
  const answer = await server.inject({ url: `/api/${path}`, query, headers: { authorization: AUTHORIZATION } })
  return { status: answer.statusCode, body: answer.json() }
}

/** What `/api` answers to a body of JSON. */
export async function post({ server }: Parts, path: string, body: unknown) {
  const answer = await server.inject({
    method: 'POST',
    url: `/api/${path}`,
    headers: { authorization: AUTHORIZATION, 'content-type': 'application/json' },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
}
