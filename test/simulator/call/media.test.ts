import { expect, test } from 'vitest'
import { wavOf } from '../../../src/simulator/recording/wav.ts'
import { type Answer, MUSIC, type Page } from '../support/app.ts'
import { askedFor, type Exchange, openExchange, problemsOf, saidIn, twiml } from '../support/phone.ts'

const WAV = wavOf({ seconds: 60, channels: 1 })

/** Calls, stays silent, and hears everything. */
async function heard(pages: Readonly<Record<string, Page>>, prepare = (_: Exchange) => {}): Promise<Exchange> {
  const exchange = await openExchange(pages)
  prepare(exchange)
  await exchange.end((await exchange.call()).leg)
  return exchange
}

function playedIn({ happenings, app }: Exchange): readonly string[] {
  return happenings.flatMap((one) => (one.type === 'played' ? [one.url.replace(app.origin, '')] : []))
}

/** Seconds from the first thing that is played to what is said after it. */
function lengthIn({ happenings }: Exchange): number {
  const [first, after] = ['played', 'said'].map((type) => happenings.find((one) => one.type === type)?.at ?? Number.NaN)
  return ((after ?? Number.NaN) - (first ?? Number.NaN)) / 1_000
}

test('What is played is asked for by GET without parameters, from where the document came', async () => {
  const exchange = await heard({
    '/voice': { status: 302, headers: { location: '/deep/voice' } },
    '/deep/voice': twiml('<Play>a.mp3</Play>'),
    '/deep/a.mp3': MUSIC,
  })

  const [asked] = exchange.app.asked.filter(({ path }) => path === '/deep/a.mp3')
  expect(asked).toMatchObject({ method: 'GET', params: {}, headers: { accept: '*/*' } })
  expect(playedIn(exchange)).toEqual(['/deep/a.mp3'])
})

test.each<[string, Answer, number]>([
  ['is not there', { status: 404 }, 11200],
  ['a server cannot give', { status: 500, type: 'audio/mpeg' }, 11200],
  ['is a page', { type: 'text/html', body: '<html/>' }, 13420],
  ['is of a type that the carrier does not play', { type: 'audio/ogg', body: 'OggS' }, 13420],
  ['says no type', { type: '', body: 'ID3' }, 13420],
])('Media that %s is told of and skipped', async (_, answer, code) => {
  const exchange = await heard({ '/voice': twiml('<Play>/a.mp3</Play><Say>Next.</Say>'), '/a.mp3': answer })

  expect(problemsOf(exchange)).toEqual([code])
  expect(playedIn(exchange)).toEqual([])
  expect(saidIn(exchange)).toEqual(['Next.'])
})

test('A server that cannot be reached is told of and skipped', async () => {
  const exchange = await heard({ '/voice': twiml('<Play>http://127.0.0.1:1/a.mp3</Play><Say>Next.</Say>') })

  expect(exchange.happenings.filter(({ type }) => type === 'problem')).toMatchObject([
    {
      problem: { code: 11200, level: 'warning', message: expect.stringContaining('cannot be reached') },
      url: 'http://127.0.0.1:1/a.mp3',
    },
  ])
  expect(saidIn(exchange)).toEqual(['Next.'])
})

test.each<[string, Answer, number]>([
  ['a WAV file', { type: 'audio/wav', body: WAV }, 60],
  ['a WAV file with more before its sound', { type: 'audio/x-wav', body: withNote(WAV) }, 60],
  ['a WAV file that was not finished', { type: 'audio/wav', body: unfinished(WAV) }, 3],
  ['half a header', { type: 'audio/wav', body: WAV.subarray(0, 30) }, 3],
  ['anything else', MUSIC, 3],
])('%s lasts as long as it says, or a little', async (_, answer, seconds) => {
  const exchange = await heard({ '/voice': twiml('<Play>/a</Play><Say>Next.</Say>'), '/a': answer })

  expect(lengthIn(exchange)).toBe(seconds)
})

test('A file is asked for once a call, however often it is played', async () => {
  const exchange = await heard({
    '/voice': twiml('<Play loop="3">/a.mp3</Play><Play>/a.mp3</Play><Redirect>/more</Redirect>'),
    '/more': twiml('<Play>/a.mp3</Play>'),
    '/a.mp3': MUSIC,
  })

  expect(askedFor(exchange.app, '/a.mp3')).toHaveLength(1)
  expect(playedIn(exchange)).toEqual(['/a.mp3', '/a.mp3', '/a.mp3'])
})

test('All that a Gather plays is asked for before any of it is heard', async () => {
  const exchange = await heard({
    '/voice': twiml('<Gather><Say>Hi.</Say><Play>/a.mp3</Play><Play>/b.mp3</Play></Gather>'),
    '/a.mp3': MUSIC,
  })

  const types = exchange.happenings.map(({ type }) => type)
  expect(types.lastIndexOf('asked', types.indexOf('said'))).toBeGreaterThan(0)
  expect(types.slice(types.indexOf('said')).filter((type) => type === 'asked')).toHaveLength(1) // the end
  expect(playedIn(exchange)).toEqual(['/a.mp3'])
  expect(problemsOf(exchange)).toEqual([11200])
})

test('Audio in place of a wait document is played again and again, and not asked for twice', async () => {
  const exchange = await heard(
    {
      '/voice': twiml('<Enqueue waitUrl="/wait">support</Enqueue><Say>Bye.</Say>'),
      '/wait': { type: 'audio/wav', body: WAV },
    },
    ({ network }) => network.plans.queues.set('support', { kind: 'answered', after: 150, talks: 1 }),
  )

  const waits = exchange.app.asked.filter(({ path }) => path === '/wait')
  expect(waits.map(({ method, params }) => [method, params.QueueTime])).toEqual([
    ['POST', '0'],
    ['POST', '60'],
    ['POST', '120'],
  ])
  expect(saidIn(exchange)).toEqual(['Bye.'])
})

test('The whisper of a callee, the wait document of a conference and a prompt of Pay play media too', async () => {
  const exchange = await heard({
    '/voice': twiml(
      '<Dial><Number url="/whisper">+15550003000</Number></Dial>',
      '<Dial><Conference waitUrl="/wait">Room</Conference></Dial>',
      '<Pay action="/paid" timeout="1"><Prompt for="payment-card-number"><Play>/prompt.mp3</Play></Prompt></Pay>',
    ),
    '/whisper': twiml('<Play>/whisper.mp3</Play>'),
    '/wait': twiml('<Play>/wait.mp3</Play>'),
    '/paid': twiml(),
    '/whisper.mp3': MUSIC,
    '/wait.mp3': MUSIC,
    '/prompt.mp3': MUSIC,
  })

  expect(playedIn(exchange)).toEqual(['/whisper.mp3', '/wait.mp3', '/prompt.mp3'])
})

test('Somebody who hangs up while media is asked for hears nothing of it', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Play>/a.mp3</Play>'),
    '/a.mp3': () => {
      exchange.network.legs()[0]?.interrupt({ kind: 'hung-up', by: 'person' })
      return MUSIC
    },
  })

  await exchange.end((await exchange.call()).leg)

  expect(playedIn(exchange)).toEqual([])
  expect(exchange.happenings.filter(({ type }) => type === 'hung-up')).toEqual([])
})

test('Of a file without an end only the beginning is read', async () => {
  const exchange = await heard({
    '/voice': twiml('<Play>/a.wav</Play><Say>Next.</Say>'),
    '/a.wav': { type: 'audio/wav', body: Buffer.concat([WAV, Buffer.alloc(50_000_000)]) },
  })

  expect(lengthIn(exchange)).toBe(60)
  expect(exchange.happenings.flatMap((one) => (one.type === 'answered' ? [one.body] : []))).toEqual([
    expect.stringContaining('<Play>'),
    '',
    '',
  ])
})

/** With an odd chunk between the format and the sound. */
function withNote(wav: Buffer): Buffer {
  const note = Buffer.from('LIST\u0003\0\0\0abc\0', 'latin1')
  return Buffer.concat([wav.subarray(0, 36), note, wav.subarray(36)])
}

/** As it is written by what does not know yet how long it will be. */
function unfinished(wav: Buffer): Buffer {
  const copy = Buffer.from(wav)
  copy.writeUInt32LE(0xff_ff_ff_ff, 40)
  return copy
}
