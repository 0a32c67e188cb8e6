import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ACCOUNT, handler, served, startServing } from './served.ts'

const show = (what: string) => handler(`callback(null, ${what})`)

test('the context has what .env says, what Twilio adds, and the account of the server', async () => {
  const { ask } = served({
    '.env':
      'GREETING="hello there"\nEMPTY=\nACCOUNT_SID=AC1\nTWILIO_AUTH_TOKEN=hidden\nAPI_KEYS=hidden\nTWILIO_REGION=ie1\n',
    'functions/sms/show.js': show('context'),
  })

  const { text } = await ask('/sms/show', { host: 'phone.example.com:8080' })

  expect(JSON.parse(text)).toEqual({
    DOMAIN_NAME: 'phone.example.com:8080',
    PATH: '/sms/show',
    SERVICE_SID: expect.stringMatching(/^ZS[0-9a-f]{32}$/),
    ENVIRONMENT_SID: expect.stringMatching(/^ZE[0-9a-f]{32}$/),
    ACCOUNT_SID: ACCOUNT.sid,
    AUTH_TOKEN: ACCOUNT.authToken,
    GREETING: 'hello there',
    EMPTY: '',
    TWILIO_REGION: 'ie1',
  })
})

test('a byte order mark before .env hides none of it, neither what is shown nor what is secret', async () => {
  const { ask } = served({
    '.env': '\uFEFFTWILIO_AUTH_TOKEN=hidden\r\nGREETING=hello\r\n',
    'functions/show.js': show('context'),
  })

  const { text } = await ask('/show')

  expect(JSON.parse(text)).toMatchObject({ GREETING: 'hello' })
  expect(text).not.toContain('hidden')
})

test('a line of .env that sets nothing takes no other with it, neither what is shown nor what is secret', async () => {
  const { ask } = served({
    '.env': 'DEBUG\n# a=b\nGREETING=hello\n\nVERBOSE\nTWILIO_AUTH_TOKEN=hidden\nexport  PLACE=here\n',
    'functions/show.js': show('context'),
  })

  const { text } = await ask('/show')

  expect(JSON.parse(text)).toMatchObject({ GREETING: 'hello', PLACE: 'here' })
  expect(text).not.toMatch(/hidden|# a/)
})

test('.env can say where a function believes to be', async () => {
  const own = { DOMAIN_NAME: 'other.twil.io', PATH: '/other', SERVICE_SID: 'ZS1', ENVIRONMENT_SID: 'ZE1' }
  const { ask } = served({
    '.env': Object.entries(own)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
    'functions/show.js': show('context'),
  })

  expect(JSON.parse((await ask('/show')).text)).toMatchObject(own)
})

test('the event has the fields as they came, and the request, which no field can take the place of', async () => {
  const { ask } = served({ 'functions/show.js': show('event') })
  const headers = { 'user-agent': 'curl', 'x-many': ['1', '2'] }

  const { text } = await ask('/show', {
    fields: { name: 'Ada', age: 36, tags: ['a'], request: 'mine' },
    headers,
    cookies: { Session: 'abc' },
  })

  expect(JSON.parse(text)).toEqual({
    name: 'Ada',
    age: 36,
    tags: ['a'],
    request: { headers, cookies: { Session: 'abc' } },
  })
})

test('a function sees its variables in process.env, too, and nothing of the environment of the server', async () => {
  process.env.SECRET_OF_THE_SERVER = 'hidden'
  const { ask } = served({
    '.env': 'GREETING=hello\nTWILIO_AUTH_TOKEN=hidden\n',
    'functions/show.js': show(
      '{ environment: process.env, started: require("fs").readFileSync("/proc/self/environ", "utf8") }',
    ),
  })

  expect(JSON.parse((await ask('/show')).text)).toEqual({
    environment: {
      GREETING: 'hello',
      TZ: 'UTC',
      ACCOUNT_SID: ACCOUNT.sid,
      AUTH_TOKEN: ACCOUNT.authToken,
      SERVICE_SID: expect.stringMatching(/^ZS/),
      ENVIRONMENT_SID: expect.stringMatching(/^ZE/),
    },
    started: 'TZ=UTC\0',
  })
})

test.each([
  ['GREETING=hello', 'UTC 12'],
  ['TZ=Asia/Tokyo', 'Asia/Tokyo 21'],
])('with %s in .env it is %s where functions are, wherever the server is', async (line, expected) => {
  const { ask } = served({
    '.env': line,
    'functions/hour.js': handler(
      'const { timeZone } = Intl.DateTimeFormat().resolvedOptions(); callback(null, `${timeZone} ${new Date(43200000).getHours()}`)',
    ),
  })

  expect((await ask('/hour')).text).toBe(expected)
})

test('a variable is in process.env also at the top of a file, and as it is now', async () => {
  const { ask, write } = served({
    '.env': 'LIMIT=3',
    'functions/top.js':
      'const { LIMIT } = process.env; exports.handler = (context, event, callback) => callback(null, LIMIT)',
  })

  expect((await ask('/top')).text).toBe('3')
  write('.env', 'OTHER=1')
  expect((await ask('/top')).text).toBe('')
})

test('Runtime knows all functions and the private assets, also at the top of a file', async () => {
  const { ask, folder } = served({
    'functions/top.js': `const { path } = Runtime.getFunctions()['lib/add']; const add = require(path)
      exports.handler = (context, event, callback) => callback(null, String(add(1, 2)))`,
    'functions/lib/add.js': 'module.exports = (a, b) => a + b',
    'functions/assets.js': handler(
      'const all = Runtime.getAssets(); callback(null, { all, text: all["/names.json"].open() })',
    ),
    'functions/functions.js': show('[Runtime.getFunctions(), Functions]'),
    'assets/names.private.json': '["Ada"]',
    'assets/public.txt': 'public',
  })

  const paths = ['top', 'lib/add', 'assets', 'functions']
  const known = Object.fromEntries(paths.map((path) => [path, { path: join(folder, 'functions', `${path}.js`) }]))

  expect((await ask('/top')).text).toBe('3')
  expect(JSON.parse((await ask('/functions')).text)).toEqual([known, known])
  expect(JSON.parse((await ask('/assets')).text)).toEqual({
    all: { '/names.json': { path: join(folder, 'assets/names.private.json') } },
    text: '["Ada"]',
  })
})

test('Runtime.getSync gives the Sync service of a real account, and says that there is none without', async () => {
  const files = {
    'functions/default.js': show('Runtime.getSync()._uri'),
    'functions/named.js': handler(
      'const sync = Runtime.getSync({ serviceName: "IS1" }); callback(null, [sync._uri, typeof sync.maps.create, typeof sync.lists])',
    ),
  }
  const real = served(files, { account: { ...ACCOUNT, real: true } })
  const development = served(files)

  expect((await real.ask('/default')).text).toBe('/Services/default')
  expect(JSON.parse((await real.ask('/named')).text)).toEqual(['/Services/IS1', 'function', 'function'])
  expect(await development.ask('/default')).toMatchObject({
    status: 500,
    text: expect.stringContaining('Sync is Twilio’s; set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to use it'),
  })
})

/** Things that functions do with the `twilio` package, and what is to come of it. */
const TWILIO: readonly (readonly [what: string, comes: unknown])[] = [
  ['require("twilio").twiml.VoiceResponse === Twilio.twiml.VoiceResponse', true],
  ['new Twilio.twiml.VoiceResponse() instanceof require("twilio").twiml.VoiceResponse', true],
  ['typeof Twilio.validateRequest', 'function'],
  ['"jwt" in Twilio && !("no-such" in Twilio)', true],
  ['Object.keys({ ...Twilio }).includes("jwt") && typeof { ...Twilio }.Response', 'function'],
  ['new Twilio.jwt.AccessToken("AC1", "SK1", "secret", { identity: "ada" }).toJwt().length > 100', true],
  ['Twilio("AC1", "token").accountSid', 'AC1'],
  ['new Twilio("AC1", "token").accountSid', 'AC1'],
  ['new Twilio.Twilio("AC1", "token").accountSid', 'AC1'],
  ['context.getTwilioClient().accountSid', ACCOUNT.sid],
  ['context.getTwilioClient({ edge: "sydney" }).edge', 'sydney'],
  ['context.getTwilioClient().region', 'ie1'],
  ['twilioClient.accountSid', ACCOUNT.sid],
  ['Response === Twilio.Response', true],
  ['(Response = 1, Response)', 1],
  ['require("twilio/lib/twiml/MessagingResponse") === Twilio.twiml.MessagingResponse', true],
]

const usingTwilio = startServing({
  '.env': 'TWILIO_REGION=ie1',
  ...Object.fromEntries(TWILIO.map(([what], nth) => [`functions/${nth}.js`, handler(`callback(null, [${what}])`)])),
})
afterAll(() => usingTwilio.functions.close())

test.each(TWILIO)('%s gives %j', async (what, comes) => {
  const { text } = await usingTwilio.ask(`/${TWILIO.findIndex(([one]) => one === what)}`)

  expect(JSON.parse(text)).toEqual([comes])
})

test('a project’s own copy of twilio comes first', async () => {
  const { ask, folder } = served({ 'functions/which.js': show('[Twilio.own, require("twilio").own]') })
  mkdirSync(join(folder, 'node_modules/twilio'), { recursive: true })
  writeFileSync(join(folder, 'node_modules/twilio/index.js'), 'exports.own = "the project’s"')

  expect((await ask('/which')).text).toBe('["the project’s","the project’s"]')
})

const MODULE = 'export const handler = (context, event, callback) => callback(null, import.meta.url.slice(0, 5))'

test.each([
  ['a module of today’s kind', { 'functions/f.js': MODULE }, 'file:'],
  ['one with a default export beside', { 'functions/f.js': `${MODULE}; export default 1` }, 'file:'],
  ['one that waits at its top', { 'functions/f.js': `await 0; ${MODULE}` }, 'file:'],
  [
    'CommonJS in a package of modules',
    { 'package.json': '{"type":"module"}', 'functions/f.js': handler('callback(null, "ran")') },
    'ran',
  ],
  ['a module in a package of modules', { 'package.json': '{"type":"module"}', 'functions/f.js': MODULE }, 'file:'],
  [
    'TypeScript of both kinds',
    {
      'functions/f.ts': `import { add } from './lib/add.js'
        type Callback = (error: unknown, payload: string) => void
        enum Sum { Of = 'sum of ' }
        export const handler = (context: object, event: { a: number }, callback: Callback) => callback(null, Sum.Of + add(event.a, 2))`,
      'functions/lib/add.ts': 'export const add = (a: number, b: number): number => a + b',
    },
    'sum of 3',
  ],
  [
    'import() of a package',
    { 'functions/f.js': handler('import("node:os").then((os) => callback(null, typeof os.EOL))') },
    'string',
  ],
])('%s runs', async (_kind, files, text) => {
  const { ask } = served({ ...files })

  expect((await ask('/f', { fields: { a: 1 } })).text).toBe(text)
})

test('an error in TypeScript is told with its line', async () => {
  const { ask } = served({ 'functions/f.ts': 'export const handler = () => {\n  const a: = 1\n}' })

  expect(await ask('/f')).toMatchObject({ status: 500, text: expect.stringContaining('f.ts:2:') })
})

test('relative paths begin in the served folder', async () => {
  const { ask } = served({
    'notes.txt': 'noted',
    'functions/read.js': handler('callback(null, require("fs").readFileSync("notes.txt", "utf8"))'),
  })

  expect((await ask('/read')).text).toBe('noted')
})

test('what a function prints is in the log, with its path and the request', async () => {
  const { ask, log } = served({
    'functions/say.js': handler('console.log("to", event.name); console.error("oh"); callback()'),
  })

  await ask('/say', { fields: { name: 'Ada' }, id: 'request 1' })

  const of = { function: '/say', request: 'request 1' }
  await expect.poll(() => log).toContainEqual(expect.objectContaining({ ...of, level: 30, msg: 'to Ada' }))
  await expect.poll(() => log).toContainEqual(expect.objectContaining({ ...of, level: 40, msg: 'oh' }))
})

test('a function that there is not is no failure of a process', async () => {
  const { ask } = served({ 'functions/a.js': show('1') })

  expect(await ask('/b')).toMatchObject({ status: 404, text: '{"message":"there is no function /b"}' })
})
