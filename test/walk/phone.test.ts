import { expect, test } from 'vitest'
import type { Line, Request } from '../support/carrier.ts'
import { type Act, Call } from '../support/phone.ts'
import { Texter } from '../support/texter.ts'

const SUBSCRIBER = { webhook: 'http://me.example/hook', accountSid: 'AC0', from: '+1', to: '+2', id: '0'.repeat(32) }
const GATHER = '<Gather action="/got?a=1&amp;b=2" numDigits="4" finishOnKey="#"><Say>Type &amp; wait</Say></Gather>'

test.each<[string, string, Act, string[]]>([
  ['digits go to the action, the finish key apart', GATHER, { do: 'press', keys: '12#9' }, ['/got?a=1&b=2 Digits=12']],
  [
    'no more digits are taken than are asked for',
    GATHER,
    { do: 'press', keys: '123456' },
    ['/got?a=1&b=2 Digits=1234'],
  ],
  ['silence leads to the next verb', `${GATHER}<Redirect>/no</Redirect>`, { do: 'listen' }, ['/no ']],
  ['speech is nothing to keys alone', `${GATHER}<Redirect>/no</Redirect>`, { do: 'speak', text: 'hi' }, ['/no ']],
  [
    'a recording goes to the action',
    '<Record action="/rec"/>',
    { do: 'record', seconds: 3, key: '#' },
    ['/rec Digits=#'],
  ],
  ['an empty recording leads on', '<Record action="/rec"/><Redirect>/no</Redirect>', { do: 'listen' }, ['/no ']],
  ['a dial without action leads on', '<Dial>+3</Dial><Redirect>/no</Redirect>', { do: 'listen' }, ['/no ']],
  [
    'hanging up in a recording still delivers it',
    '<Record action="/rec"/>',
    { do: 'hang-up' },
    ['/rec Digits=hangup', '/hook ended'],
  ],
  ['hanging up in a gather tells only of the end', GATHER, { do: 'hang-up' }, ['/hook ended']],
  ['an empty action is the document itself', '<Record action=""/>', { do: 'record', seconds: 1 }, ['/hook Digits=']],
])('%s', async (_sentence, verbs, act, expected) => {
  const { requests, line } = serverOf(verbs)
  const call = new Call(line, SUBSCRIBER)
  await call.tell(act)
  expect(requests.slice(1).map(told).slice(0, expected.length)).toEqual(expected)
  expect(told(requests.at(-1))).toBe('/hook ended')
})

test('a caller hears what is said, in verbs and in gathers', async () => {
  const call = new Call(serverOf(`<Say>One <break time="1s"/>two</Say>${GATHER}`).line, SUBSCRIBER)
  await call.tell()
  expect(call.heard).toEqual(['One two', 'Type & wait'])
  expect(call.isOver).toBe(true)
})

test('replies are received and redirects followed with the same message', async () => {
  const reply = '<Message statusCallback="/status"><Body>a &lt;b&gt;</Body><Media>https://x</Media></Message>'
  const { requests, line } = serverOf(`${reply}<Redirect>/more</Redirect>`)
  const texter = new Texter(line, SUBSCRIBER)
  await texter.text('hello')
  expect(texter.received).toEqual([{ body: 'a <b>', media: ['https://x'], statusCallback: '/status' }])
  expect(requests.map(({ params }) => params.MessageSid)).toEqual([
    requests[0]?.params.MessageSid,
    requests[0]?.params.MessageSid,
  ])
  expect(requests[1]?.url).toBe('http://me.example/more')
})

/** A server that answers the first request with these verbs and every other one with none. */
function serverOf(verbs: string): { requests: Request[]; line: Line } {
  const requests: Request[] = []
  const line: Line = async (request) => {
    requests.push(request)
    return { status: 200, body: `<?xml version="1.0"?><Response>${requests.length === 1 ? verbs : ''}</Response>` }
  }
  return { requests, line }
}

function told(request: Request | undefined): string {
  if (!request) return 'nothing'
  const { pathname, search } = new URL(request.url)
  if (request.params.CallbackSource) return `${pathname} ended`
  return `${pathname}${search} ${request.params.Digits === undefined ? '' : `Digits=${request.params.Digits}`}`
}
