import { MockAgent } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { MOST_BYTES } from '../../src/channels/rest-answer.ts'
import { carrierConnections, type Product, restApiAt } from '../../src/channels/rest-api.ts'
import { twilioChannel } from '../../src/channels/twilio.ts'
import { carrierApi, carrierThatHangsUp } from '../support/carrier-api.ts'

const LOGIN = { user: 'AC1', password: 'secret' }
const CALL = { type: 'record-call', callSid: 'CA1', change: 'stop' } as const

test.each<Product>(['api', 'conversations', 'flex-api', 'taskrouter'])(
  '%s is asked at its own host',
  async (product) => {
    const connections = new MockAgent()
    connections.disableNetConnect()
    const form = 'To=%2B1&Body=a+b'
    connections
      .get(`https://${product}.twilio.com`)
      .intercept({ path: '/v1/Things', method: 'POST', body: form })
      .reply(201, { sid: 'TH1' })
    const api = restApiAt({ ...LOGIN, connections })

    const answer = await api.ask({
      method: 'POST',
      product,
      path: '/v1/Things',
      form: [
        ['To', '+1'],
        ['Body', 'a b'],
      ],
      token: 't',
    })

    expect(answer).toMatchObject({ status: 201, body: { sid: 'TH1' } })
  },
)

test.each([
  ['an empty answer', 201, '', 'HTTP 201 with nothing'],
  ['a page', 200, '<html>Sign in</html>', 'HTTP 200 with no JSON object: "<html>Sign in</html>"'],
  ['JSON of another shape', 200, '[1]', 'HTTP 200 with no JSON object: "[1]"'],
  ['half of an answer', 200, '{"sid":', 'HTTP 200 with no JSON object: "{\\"sid\\":"'],
  ['a huge answer', 201, `{"sid":"${'x'.repeat(MOST_BYTES)}"}`, `HTTP 201 with more than ${MOST_BYTES} bytes`],
  ['an error without words', 404, '', 'HTTP 404 with nothing'],
  ['a redirect', 302, '{}', 'HTTP 302'],
  ['an error of another kind', 400, { code: 'x', message: 5 }, '5'],
])('%s is told as what it is', async (_what, status, body, reason) => {
  const { url } = await carrierApi({ status, body })

  expect(await channelTo(url).recordCall(CALL, 't')).toEqual({ ok: false, reason })
})

test('a connection that breaks off is no answer', async () => {
  const { url } = await carrierThatHangsUp()

  const done = await channelTo(url).recordCall(CALL, 't')

  expect(done).toEqual({ ok: false, reason: expect.stringMatching(/^the carrier did not answer: other side closed/) })
})

function channelTo(url: string) {
  const connections = carrierConnections()
  onTestFinished(() => connections.destroy())
  return twilioChannel({ api: restApiAt({ ...LOGIN, url, connections }), accountSid: 'AC1', now: () => 0 })
}
