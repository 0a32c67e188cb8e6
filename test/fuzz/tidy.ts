import { corpus } from './corpus.ts'
import { ACCOUNT, TOKEN } from './home.ts'

/** Takes back what requests have rightly made and a server rightly keeps: ends calls, removes conversations and flows. What is in memory then is nobody's any more, or is bounded. */
export async function tidy(origin: string): Promise<void> {
  await Promise.all(KEPT.map((kind) => takeBack(origin, kind)))
}

/** Makes as many calls and messages as a simulated carrier remembers at most: what it remembers grows no more. */
export async function fillMemory(origin: string): Promise<void> {
  const made = corpus.filter(({ method, path }) => method === 'POST' && MADE.test(path))
  for (let times = 0; times < MOST_REMEMBERED; times += AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const { path, body = '' } of made)
          await ask(origin, path, { method: 'POST', body: new URLSearchParams(body) })
      }),
    )
  await tidy(origin)
}

const MADE = /\/(Calls|Messages)\.json$/
const MOST_REMEMBERED = 1_000
const AT_ONCE = 20

/** A list of the REST API, and what takes one of it back. */
interface Kept {
  readonly list: string
  /** Which of its properties has the resources. */
  readonly property: string
  readonly one: (sid: string) => readonly [path: string, options: RequestInit]
}

const CALLS = `/2010-04-01/Accounts/${ACCOUNT}/Calls`
const REMOVED = { method: 'DELETE' } as const
const callsThat = (status: string): Kept => ({
  list: `${CALLS}.json?Status=${status}&PageSize=1000`,
  property: 'calls',
  one: (sid) => [`${CALLS}/${sid}.json`, { method: 'POST', body: new URLSearchParams({ Status: 'completed' }) }],
})

const KEPT: readonly Kept[] = [
  ...['queued', 'ringing', 'in-progress'].map(callsThat),
  {
    list: '/v1/Conversations?PageSize=100',
    property: 'conversations',
    one: (sid) => [`/v1/Conversations/${sid}`, REMOVED],
  },
  { list: '/v2/Flows?PageSize=1000', property: 'flows', one: (sid) => [`/v2/Flows/${sid}`, REMOVED] }, // those of files are refused, and stay
]

/** Until a list has nothing that goes. */
async function takeBack(origin: string, { list, property, one }: Kept): Promise<void> {
  for (let gone = true; gone; ) {
    const page = Object(await (await ask(origin, list)).json())
    const sids: readonly { readonly sid: string }[] = page[property] ?? []
    const answers = await Promise.all(sids.map(({ sid }) => ask(origin, ...one(sid))))
    gone = answers.some(({ ok }) => ok)
  }
}

async function ask(origin: string, path: string, options: RequestInit = {}): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`
  const answer = await fetch(origin + path, { ...options, headers: { authorization } })
  if (options.method) await answer.arrayBuffer()
  return answer
}
