import { afterEach, expect, test } from 'vitest'
import type { FunctionCall } from '../../src/functions/call.ts'
import { OwnDomain } from '../../src/runtime/performers/own-domain.ts'
import { NO_SIDS } from '../../src/runtime/sids.ts'
import type { Form } from '../../src/signature/signature.ts'
import { OwnFunctions, text } from '../support/own-functions.ts'
import { answering, projectFolder, servingFolder } from '../support/project.ts'
import { client, closeAll } from './local-server.ts'

afterEach(closeAll)

const AT = '/sms/price'
const FILE = { 'functions/sms/price.protected.js': '' }
/** That of `servingFolder`. */
const TOKEN = 'dev'

/** Calls a function as Run Function does, here and over the network: what it was called with each time. */
async function bothWays(query: string, form: Form): Promise<readonly [here: FunctionCall, there: FunctionCall]> {
  const here = new OwnFunctions({ [AT]: () => ({}) })
  const there: FunctionCall[] = []
  const caller = answering((call) => {
    there.push(call)
    return text('text/plain', '')
  })
  const { server } = await servingFolder(projectFolder(FILE), {}, caller)
  const base = await server.listen({ port: 0, host: '127.0.0.1' })
  const domain = new OwnDomain({ ...here.part, sids: () => NO_SIDS, bases: () => [base], ask: unasked })
  const called = { method: 'POST', url: base + AT + query, form, function: {}, token: 'once' } as const

  const local = await client({ tokens: [TOKEN], domain }).request(called)
  const remote = await client({ tokens: [TOKEN] }).request(called)

  expect([local, remote]).toMatchObject([
    { ok: true, status: 200 },
    { ok: true, status: 200 },
  ])
  return [only(here.calls), only(there)]
}

test.each<[what: string, query: string, form: Form]>([
  ['nothing', '', []],
  [
    'names in brackets',
    '?q[a]=1&q[b][]=2',
    [
      ['order[id]', '7'],
      ['order[lines][]', 'a'],
      ['order[lines][]', 'b'],
    ],
  ],
  [
    'repeated names',
    '?a=1&a=2',
    [
      ['b', '1'],
      ['b', '2'],
      ['b', '3'],
    ],
  ],
  [
    'a query and a body',
    '?a=1&b=2',
    [
      ['b', '3'],
      ['c', '4'],
    ],
  ],
  [
    'the same names more than once in both',
    '?a=1&a=2',
    [
      ['a', '3'],
      ['a', '4'],
    ],
  ],
  [
    'letters of all kinds',
    '?n%C3%A4me=%C3%A9+x&a=b?c',
    [
      ['größe', 'ü & =+%\r\n'],
      ['', 'unnamed'],
      ['empty', ''],
    ],
  ],
  ['escapes that are none', '?a=%zz&b=%C3%28', []],
  [
    'names of objects',
    '?constructor=1',
    [
      ['__proto__', 'x'],
      ['request', 'mine'],
    ],
  ],
])('a function is called with %s here as it is over HTTP', async (_what, query, form) => {
  const [here, there] = await bothWays(query, form)

  const { id: _id, ...seen } = there
  expect(here).toEqual({ ...seen, id: 'once' })
})

function only(calls: readonly FunctionCall[]): FunctionCall {
  const [call] = calls
  if (!call || calls.length > 1) throw new Error(`called ${calls.length} times`)
  return call
}

function unasked(): Promise<never> {
  return Promise.reject(new Error('asked'))
}
