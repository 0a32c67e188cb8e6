import { expect, test } from 'vitest'
import { ACCOUNT, networkWith, OWN, PERSON } from '../support/net.ts'
import { type Page, site } from '../support/site.ts'

test('a text comes with every parameter that the carrier sends', async () => {
  const { url, asked, hook } = await site({ '/sms': '<Response/>' })
  const { network } = networkWith({ message: hook('/sms?a=1&b=ä') })

  await network.text({
    from: PERSON,
    to: OWN,
    body: 'Grüße & +1 💚',
    media: [`${url}/cat.PNG?x`, 'https://a.example/b'],
  })

  const [request] = asked
  const params = request?.params ?? {}
  expect(request?.path).toBe('/sms?a=1&b=%C3%A4')
  expect(params).toEqual({
    a: '1',
    b: 'ä',
    MessageSid: expect.stringMatching(/^MM[0-9a-f]{32}$/),
    SmsSid: params.MessageSid,
    SmsMessageSid: params.MessageSid,
    SmsStatus: 'received',
    AccountSid: ACCOUNT,
    From: PERSON,
    To: OWN,
    Body: 'Grüße & +1 💚',
    NumMedia: '2',
    NumSegments: '1',
    MediaUrl0: `${url}/cat.PNG?x`,
    MediaContentType0: 'image/png',
    MediaUrl1: 'https://a.example/b',
    MediaContentType1: 'application/octet-stream',
    ApiVersion: '2010-04-01',
    ...Object.fromEntries(
      ['From', 'To'].flatMap((end) => ['City', 'State', 'Zip', 'Country'].map((part) => [end + part, ''])),
    ),
  })
})

test('a webhook that is asked by GET has the parameters in its signed query', async () => {
  const { url, asked } = await site({ '/sms': '<Response><Message>got it</Message></Response>' })
  const { network, texter } = networkWith({ message: { url: `${url}/sms?own=x%20y`, method: 'GET' } })

  await network.text({ from: PERSON, to: OWN, body: 'né & co' })

  expect(asked).toMatchObject([{ method: 'GET', params: { own: 'x y', Body: 'né & co', SmsStatus: 'received' } }])
  expect(texter().inbox()).toMatchObject([{ body: 'got it' }])
})

test('WhatsApp brings an id, and whatever else is wanted', async () => {
  const { asked, hook } = await site({ '/sms': '<Response/>' })
  const { network } = networkWith()
  network.attach('whatsapp:+15550002', { message: hook('/sms') })

  const extra = { ProfileName: 'Ada', OptOutType: 'HELP', ButtonText: 'Yes' }
  await network.text({ from: 'whatsapp:+15550001', to: 'whatsapp:+15550002', body: 'hi', extra })

  expect(asked[0]?.params).toMatchObject({ WaId: '15550001', ...extra })
})

const long = 'x'.repeat(1601)
const tenMedia = '<Media>https://a.example/b.png</Media>'.repeat(10)

type Row = readonly [what: string, page: Page, bodies: readonly string[], codes?: readonly number[]]

/** What a document says, the bodies that the person gets, and the codes that are warned of. */
const REPLIES: readonly Row[] = [
  ['one Message', '<Response><Message>Hello</Message></Response>', ['Hello']],
  ['two Messages', '<Response><Message>a</Message><Message>b</Message></Response>', ['a', 'b']],
  ['Bodies, joined', '<Response><Message><Body>a </Body><Body>b</Body></Message></Response>', ['a b']],
  ['a body of several lines', '<Response><Message>\n  a\n  b\n</Message></Response>', ['a\n  b']],
  ['media alone', '<Response><Message><Media>https://a.example/b.png</Media></Message></Response>', ['']],
  ['a legacy Sms', '<Response><Sms>old</Sms></Response>', ['old']],
  ['an empty Response', '<Response/>', []],
  ['nothing at all', () => ({ status: 204, headers: {} }), []],
  ['an empty body', () => ({ body: '' }), []],
  ['plain text', () => ({ headers: { 'content-type': 'text/plain' }, body: 'plain\ntext' }), ['plain\ntext']],
  [
    'plain text that is TwiML',
    () => ({ headers: { 'content-type': 'text/plain' }, body: '<Response><Message>x</Message></Response>' }),
    ['x'],
  ],
  ['a Message without anything', '<Response><Message/><Message>b</Message></Response>', ['b'], [14103]],
  ['a body that is too long', `<Response><Message>${long}</Message></Response>`, [], [14103]],
  ['more media than ten', `<Response><Message>m${tenMedia}${tenMedia}</Message></Response>`, ['m'], [21623]],
  ['media that is no URL', '<Response><Message>m<Media>ftp://a/b</Media></Message></Response>', ['m'], [21620]],
  ['a receiver that is none', '<Response><Message to="nobody">x</Message></Response>', [], [14101]],
  ['a sender that is none', '<Response><Message from="far too long a name">x</Message></Response>', [], [14102]],
  ['a method that is none', '<Response><Message method="PUT">x</Message></Response>', ['x'], [14104]],
  ['a callback that is none', '<Response><Message statusCallback="http://">x</Message></Response>', ['x'], [14105]],
  ['two callbacks', '<Response><Message action="/a" statusCallback="/b">x</Message></Response>', ['x'], [14105]],
  [
    'what the schema does not know',
    '<Response><Message colour="red">x<Say>y</Say></Message></Response>',
    ['x'],
    [12200, 12200],
  ],
  ['a verb of calls', '<Response><Say>no</Say><Message>yes</Message></Response>', ['yes'], [14110]],
  ['eleven replies', `<Response>${'<Message>x</Message>'.repeat(11)}</Response>`, Array(10).fill('x'), [14109]],
  [
    'a redirect',
    '<Response><Message>a</Message><Redirect>two</Redirect><Message>no</Message></Response>',
    ['a', 'two'],
  ],
  ['an error', () => ({ status: 500 }), [], [11200]],
  ['no content type', () => ({ headers: {}, body: 'x' }), [], [11200]],
  ['JSON', () => ({ headers: { 'content-type': 'application/json' }, body: '{}' }), [], [12300]],
  ['no XML', '<Response><Message>', [], [12100]],
  ['another root', '<Twiml/>', [], [12102]],
  ['more than 64 KB', `<Response>${' '.repeat(70_000)}</Response>`, [], [11750]],
]

const ROWS = REPLIES.map(([what, page, bodies, codes = []]) => ({ what, page, bodies, codes }))

test.each(ROWS)('$what', async ({ page, bodies, codes }) => {
  const { hook } = await site({ '/sms': page, '/two': '<Response><Message>two</Message></Response>', '/b': '' })
  const { texter, codes: warned } = networkWith({ message: hook('/sms') })
  const person = texter()

  await person.text('hi')

  expect(person.inbox().map(({ body }) => body)).toEqual(bodies)
  expect(warned()).toEqual(codes)
})

test('a reply goes where it says, and is a reply in every happening and resource', async () => {
  const { hook } = await site({ '/sms': '<Response><Message to="+15550009" from="SHOP">x</Message></Response>' })
  const { network, texter, happenings } = networkWith({ message: hook('/sms') })

  await texter().text('hi')

  expect(network.messages.inbox('+15550009')).toMatchObject([{ from: 'SHOP', direction: 'outbound-reply' }])
  expect(happenings.filter(({ type }) => type === 'message')).toMatchObject([
    { direction: 'inbound', from: PERSON, to: OWN, body: 'hi' },
    { direction: 'outbound', from: 'SHOP', to: '+15550009', body: 'x' },
  ])
})

test('a Redirect takes the message along, and 50 documents are the most', async () => {
  const { asked, hook } = await site({ '/sms': '<Response><Redirect/></Response>' })
  const { texter, codes } = networkWith({ message: hook('/sms') })

  await texter().text('round and round')

  expect(asked).toHaveLength(50)
  expect(new Set(asked.map(({ params }) => params.MessageSid)).size).toBe(1)
  expect(asked.at(-1)?.params.Body).toBe('round and round')
  expect(codes()).toEqual([14106])
})

test('the fallback is told what went wrong, and its answer counts', async () => {
  const { url, asked, hook } = await site({
    '/sms': () => ({ status: 503 }),
    '/spare': '<Response><Message>spare</Message></Response>',
  })
  const { texter } = networkWith({ message: hook('/sms'), messageFallback: hook('/spare') })
  const person = texter()

  await person.text('hi')

  expect(person.inbox()).toMatchObject([{ body: 'spare' }])
  expect(asked[1]).toMatchObject({ path: '/spare', params: { ErrorCode: '11200', ErrorUrl: `${url}/sms`, Body: 'hi' } })
})

test('a fallback that fails too is not asked again', async () => {
  const { hook, pathsAsked } = await site({ '/sms': () => ({ status: 500 }), '/spare': '<Oops/>' })
  const { texter, codes } = networkWith({ message: hook('/sms'), messageFallback: hook('/spare') })

  await texter().text('hi')

  expect(pathsAsked()).toEqual(['/sms', '/spare'])
  expect(codes()).toEqual([11200, 12102])
})

test('cookies belong to a pair of numbers, and are forgotten after four idle hours', async () => {
  const { asked, hook } = await site({ '/sms': () => ({ headers: { 'set-cookie': 'visit=1' }, status: 204 }) })
  const { texter, time } = networkWith({ message: hook('/sms') })

  for (const [from, waited] of [
    ['+15550001', 0],
    ['+15550001', 3 * 3_600],
    ['+15550003', 0],
    ['+15550001', 4 * 3_600],
  ] as const) {
    await time.pass(waited)
    await texter(from).text('hi')
  }

  expect(asked.map(({ cookie }) => cookie)).toEqual([undefined, 'visit=1', undefined, undefined])
})

test('two numbers that answer each other are stopped after 15 replies in 30 seconds', async () => {
  const { hook } = await site({ '/sms': '<Response><Message>you said it</Message></Response>' })
  const { network, texter, time, codes } = networkWith({ message: hook('/sms') })
  network.attach(PERSON, { message: hook('/sms') })

  await texter().text('hi')
  await time.pass(29)

  expect(network.messages.inbox(PERSON)).toHaveLength(15)
  expect(codes()).toEqual([14107])
})

test('a number without a webhook takes its messages in silence', async () => {
  const { network, texter, codes } = networkWith()

  await texter().text('hello?')

  expect(network.messages.list()).toMatchObject([{ direction: 'inbound', status: 'received', body: 'hello?' }])
  expect(codes()).toEqual([])
})

test('a Messaging Service is asked for all its numbers, and names itself', async () => {
  const { asked, hook } = await site({ '/service': '<Response/>' })
  const { network, texter } = networkWith({ message: hook('/number') })
  network.attachService('MG1', [OWN], { message: hook('/service') })

  await texter().text('hi')

  expect(asked).toMatchObject([{ path: '/service', params: { MessagingServiceSid: 'MG1' } }])
})
