import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { promisify } from 'node:util'
import { Command } from 'commander'
import twilio from 'twilio'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { simulateCommand } from '../../src/commands/simulate/options.ts'
import { simulate } from '../../src/commands/simulate/simulate.ts'
import type { Terminal } from '../../src/commands/simulate/terminal.ts'
import { flowText, folderWith, played } from '../scenario/stories.ts'
import type { Places } from '../support/flow.ts'

test('a scripted call reads as a conversation', async () => {
  const { code, output } = await typed('flows/menu.json --call --press 1')

  expect(code).toBe(0)
  expect(output).toBe(`menu: a call from +15550001000 to +15550002000

 0:00  flow     Hello, and thank you for calling. For our opening hours, press 1. To leave a message, press 2.
 0:06  you      press 1
 0:06  flow     We are open from Monday to Friday, from nine to five.
 0:10  flow     Thank you for calling. Goodbye.
 0:12  flow     hangs up

The call is completed after 12 s and 5 requests; the flow has ended.
`)
})

test('acts happen in the order in which they are given', async () => {
  const { output } = await typed('flows/menu.json --silence --press 7 --press 2 --talk 3s --hang-up')

  expect(linesOf(output, 'you')).toEqual(['say nothing for 5 s', 'press 7', 'press 2', 'talk for 3 s', 'hang up'])
})

test('whoever a flow calls hears their phone ring, and answers', async () => {
  const { code, output } = await typed(
    `flows/appointment-reminder.json --request {"name":"Ada","day":"Friday","time":"9:30"} --press 1`,
  )

  expect(code).toBe(0)
  expect(output).toBe(`appointment-reminder: a request over REST for +15550001000

 0:00  line     your phone rings
 0:05  flow     Hello Ada. We expect you on Friday at 9:30. Press 1 to confirm, or 2 if you cannot come. (2 times)
 0:17  you      press 1
 0:17  flow     Thank you. See you on Friday.
 0:19  flow     hangs up

The conversation rests after 19 s and 4 requests; the flow has ended.
`)
})

test('what was begun over REST is recorded with the call that the contact took', async () => {
  const file = join(folderWith({}), 'reminder.yaml')

  await typed(
    `flows/appointment-reminder.json --request {"name":"Ada"} --silence --wait 1m --reply yes --record ${file}`,
  )

  const text = (await readFile(file, 'utf8')).replace(/flow: .*/, 'flow: flows/appointment-reminder.json')
  expect(parse(text)).toMatchObject({ start: { request: { To: '+15550001000', Parameters: { name: 'Ada' } } } })
  expect((await played(text)).failure).toBeUndefined()
})

test('a text that leads to a call makes the phone ring, and after the call there is texting again', async () => {
  const flow = flowText({
    Trigger: { type: 'trigger', exits: { incomingMessage: 'ring', incomingCall: null } },
    ring: {
      type: 'make-outgoing-call-v2',
      properties: { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}' },
      exits: { answered: 'greet', busy: null, noAnswer: null, failed: null },
    },
    greet: { type: 'say-play', properties: { say: 'You called for me.' }, exits: { audioComplete: 'ask' } },
    ask: {
      type: 'send-and-wait-for-reply',
      properties: { from: '{{flow.channel.address}}', body: 'Was it nice?', timeout: '60' },
      exits: { incomingMessage: null, timeout: null, deliveryFailure: null },
    },
  })
  const file = join(folderWith({ 'back.json': flow }), 'back.json')

  const { code, output } = await typed(`${file} --sms call --wait 10s --reply yes`)

  expect(code).toBe(0)
  expect(output.split('\n').map((line) => line.slice(7))).toEqual(
    expect.arrayContaining([
      'line     your phone rings',
      'flow     You called for me.',
      'flow     Was it nice?',
      'you      yes',
    ]),
  )
})

test('the columns stay straight, however long it takes', async () => {
  const { output } = await typed('flows/survey.json --sms hi --reply 2 --wait 2h --reply hi --wait 10d --reply hi')
  const times = output.split('\n').flatMap((line) => /^( *\S+) {2}(you|flow) /.exec(line)?.[1] ?? [])

  expect(new Set(times)).toEqual(new Set([' 0:00', ' 1h00', ' 2h00', ' 3h00', '10d02']))
})

test('a picture without words stands on the line of whoever sends it', async () => {
  const { output } = await typed('flows/survey.json', ['/media https://example.com/a.png', '/quit'])

  expect(linesOf(output, 'you')).toEqual(['[https://example.com/a.png]'])
})

test.each([
  ['flows/menu.json --press 1 --wait 2h', 'The call is completed after 12 s and 5 requests; the flow has ended.'],
  [
    'flows/survey.json --sms hi --reply 2 --reply hi --reply 3 --wait 2h',
    'The conversation rests after 7200 s and 10 requests; the flow has ended.',
  ],
])('%s: the summary counts a call until its end, and says nothing twice', async (line, summary) => {
  expect((await typed(line)).output).toContain(`${summary}\n`)
})

test('an act that nobody takes is told, and the exit code is 1', async () => {
  const { code, output } = await typed('flows/menu.json --call --say hello')

  expect(code).toBe(1)
  expect(output).toContain('Not done: a Gather takes keys now, not the words "hello"')
})

test('the trace shows each step, and the documents are shown as they came', async () => {
  const { output } = await typed('flows/menu.json --call --press 1 --trace --twiml')

  expect(linesOf(output, 'step')).toContain('menu_choice -- match --> opening_hours')
  expect(output).toMatch(/<\?xml version="1.0" encoding="UTF-8"\?><Response><Gather input="dtmf" action="http/)
})

test('the machine gets one JSON document', async () => {
  const { output } = await typed('flows/menu.json --call --press 1 --json')

  expect(JSON.parse(output)).toMatchObject({
    call: { status: 'completed' },
    heard: [/^Hello/, /^We are open/, /^Thank you/].map((text) => expect.stringMatching(text)),
    executions: [{ status: 'ended', endedReason: 'FLOW_END', context: { widgets: { menu: { Digits: '1' } } } }],
  })
})

test('on a terminal the caller is asked for what the flow asks for', async () => {
  const { code, output } = await typed('flows/menu.json --call', [
    'hello',
    '',
    '/help',
    '/wait',
    '/dance',
    '2',
    '8s',
    '#',
  ])

  expect(code).toBe(0)
  expect(output).toContain('a Gather takes keys now, not the words "hello"')
  expect(output).toContain('/help tells what can be typed.')
  expect(output).toContain('/hangup         hang up')
  expect(output).toContain('/wait needs a duration: 90s, 5m, 2h or 1d')
  expect(output).toContain('there is no /dance; /help tells what there is')
  expect(linesOf(output, 'you')).toEqual(['say nothing for 5 s', 'press 2', 'talk for 8 s', 'press #'])
  expect(output).toContain('keys/speech/voice>')
})

test('whoever was called and asked by text afterwards can answer', async () => {
  const begun = 'flows/appointment-reminder.json --request {"name":"Ada","day":"Friday","time":"9:30"}'
  const lines = ['', 'YES', '/quit']
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  output.on('data', (text) => />/.test(String(text)) && setTimeout(() => input.write(`${lines.shift()}\n`)))
  const { written } = await seen(begun, { input, output })

  expect(linesOf(written, 'you')).toEqual(['say nothing for 5 s', 'YES'])
  expect(written).toContain('the flow has ended')
})

test('where time runs, keys that are typed while the flow speaks are pressed when they are asked for', async () => {
  const folder = folderWith({
    'flow.json': flowText({
      Trigger: { type: 'trigger', exits: { incomingCall: 'first' } },
      first: { type: 'gather-input-on-call', properties: { say: 'Hi', timeout: 1 }, exits: { timeout: 'again' } },
      again: {
        type: 'gather-input-on-call',
        properties: { say: 'Please press a key', number_of_digits: 1 },
        exits: { keypress: null },
      },
    }),
  })
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  output.on('data', (text) => /Please/.test(String(text)) && input.write('2\n'))
  const { written } = await seen(`${folder}/flow.json --call --real-time`, { input, output })

  expect(linesOf(written, 'you')).toEqual(['say nothing for 1 s', 'press 2'])
})

test('where time runs, the end of the input that comes before the next prompt leaves nothing to wait for', async () => {
  const folder = folderWith({
    'flow.json': flowText({
      Trigger: { type: 'trigger', exits: { incomingCall: 'ask' } },
      ask: { type: 'gather-input-on-call', properties: { say: 'Hi', timeout: 1 }, exits: { timeout: 'ask' } },
    }),
  })
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = Object.assign(new PassThrough(), { isTTY: true })
  input.write('\n/hangup\n\u0004')
  const { written } = await seen(`${folder}/flow.json --call --real-time`, { input, output })

  expect(input.isPaused()).toBe(true)
  expect(written).not.toContain('>')
})

test('whoever has done all they came for hangs up when the same is asked for ever', async () => {
  const { url } = await application('<Response><Gather numDigits="1"/><Redirect/></Response>')
  const { code, output } = await typed(`--url ${url} --call --press 1`)

  expect(code).toBe(0)
  expect(linesOf(output, 'you')).toEqual(['press 1', ...Array(10).fill('say nothing for 5 s'), 'hang up'])
})

test.each([
  'flows/menu.json --press 7 --silence --press 2 --talk 8s --hang-up',
  'flows/survey.json --sms hi --reply 2 --wait 10m --reply cold',
  'flows/survey.json --sms hi --wait 2h --reply again',
])('what was done is recorded as a scenario that plays again: %s', async (line) => {
  const file = join(folderWith({}), 'story.yaml')
  await typed(`${line} --record ${file}`)

  const text = await readFile(file, 'utf8')
  expect((await played(text, file)).failure).toBeUndefined()
})

test.each<[string, Places, RegExp]>([
  [
    'whom the flow dials in the name of the caller',
    {
      Trigger: { type: 'trigger', exits: { incomingCall: 'dial' } },
      dial: {
        type: 'connect-call-to',
        properties: { noun: 'number', to: '+15559990000' },
        exits: { callCompleted: null },
      },
    },
    /then:\n {2}- expect:\n {6}status: ended/,
  ],
  [
    'what the carrier gives up',
    {
      Trigger: { type: 'trigger', exits: { incomingCall: 'away' } },
      away: { type: 'add-twiml-redirect', properties: { url: 'http://127.0.0.1:1/away' }, exits: { return: null } },
    },
    /problems: 11205/,
  ],
  [
    'sids, in what is said, in what is texted and where services are asked',
    {
      Trigger: { type: 'trigger', exits: { incomingCall: 'ask' } },
      ask: {
        type: 'make-http-request',
        properties: { method: 'GET', url: 'http://127.0.0.1:1/calls/{{trigger.call.CallSid}}' },
        exits: { failed: 'say' },
      },
      say: {
        type: 'say-play',
        properties: { say: 'You are {{contact.channel.address}}, {{flow.sid}}' },
        exits: { audioComplete: 'text' },
      },
      text: {
        type: 'send-message',
        properties: {
          to: '{{contact.channel.address}}',
          from: '{{flow.channel.address}}',
          body: 'Call {{trigger.call.CallSid}}.',
        },
        exits: { sent: null },
      },
    },
    /url: http:\/\/127\.0\.0\.1:1\/calls\/\*\n.*get: Call …\./s,
  ],
  [
    'but not the sid of a function, which is all that names it',
    {
      Trigger: { type: 'trigger', exits: { incomingCall: 'fn' } },
      fn: { type: 'run-function', properties: { url: '', function_sid: `ZH${'a'.repeat(32)}` }, exits: { fail: null } },
    },
    /url: ZHa{32}\n {4}method: POST\n {4}answer:\n {6}fails: network/,
  ],
])('a recording leaves out, or open, what is different each time: %s', async (_what, places, written) => {
  const folder = folderWith({ 'flow.json': flowText(places) })
  const file = join(folder, 'story.yaml')
  await typed(`${folder}/flow.json --call --record ${file}`)

  const text = await readFile(file, 'utf8')
  expect(text).toMatch(written)
  expect((await played(text, file)).failure).toBeUndefined()
})

test('TwiML that the flow leads to is recorded with what it answered', async () => {
  const { url, asked } = await application('<Response><Say>Elsewhere</Say></Response>')
  const folder = folderWith({
    'flow.json': flowText({
      Trigger: { type: 'trigger', exits: { incomingCall: 'away' } },
      away: { type: 'add-twiml-redirect', properties: { url }, exits: { return: null } },
    }),
  })
  const file = join(folder, 'story.yaml')
  await typed(`${folder}/flow.json --call --record ${file}`)

  const { failure } = await played(await readFile(file, 'utf8'), file)
  expect(failure).toBeUndefined()
  expect(asked).toHaveLength(1)
})

test('music that cannot be had is a warning of the transcript, not a failure, and is recorded', async () => {
  const folder = folderWith({
    'flow.json': flowText({
      Trigger: { type: 'trigger', exits: { incomingCall: 'music' } },
      music: { type: 'say-play', properties: { play: 'http://127.0.0.1:1/a.mp3' }, exits: { audioComplete: 'bye' } },
      bye: { type: 'say-play', properties: { say: 'Goodbye.' }, exits: { audioComplete: null } },
    }),
  })
  const file = join(folder, 'story.yaml')
  const { code, output } = await typed(`${folder}/flow.json --call --record ${file}`)

  expect(code).toBe(0)
  expect(output).toMatch(/ warning {2}11200 nothing is played: http:\/\/127\.0\.0\.1:1\/a\.mp3 cannot be reached/)
  const text = await readFile(file, 'utf8')
  expect(text).toMatch(/url: http:\/\/127\.0\.0\.1:1\/a\.mp3\n.*\n.*\n {6}fails: /)
  expect((await played(text, file)).failure).toBeUndefined()
})

test('an application finds a recording at the URL that it is told', async () => {
  const { url } = await application(async ({ RecordingUrl }) => {
    if (RecordingUrl === undefined) return '<Response><Record/></Response>'
    const { length } = Buffer.from(await (await fetch(`${RecordingUrl}.wav`)).arrayBuffer())
    return `<Response><Say>Got ${length} bytes</Say></Response>`
  })
  const { code, output } = await typed(`--url ${url} --call --talk 8s`)

  expect(code).toBe(0)
  expect(linesOf(output, 'flow')).toContain('Got 64044 bytes')
})

test('any other TwiML application can be called', async () => {
  const { url, asked } = await application('<Response><Gather numDigits="1"><Say>Press</Say></Gather></Response>')

  const { code, output } = await typed(`--url ${url} --call --press 5 --hang-up`)

  expect(code).toBe(0)
  expect(linesOf(output, 'flow')).toEqual(['Press', 'Press'])
  expect(asked.map(({ Digits, CallStatus }) => [CallStatus, Digits])).toEqual([
    ['ringing', undefined],
    ['in-progress', '5'],
    ['completed', undefined],
  ])
})

test('an application that fails is heard of, and the exit code is 1', async () => {
  const { code, output } = await typed('--url http://127.0.0.1:1/ --call')

  expect(code).toBe(1)
  expect(output).toMatch(/error {4}11205 http:\/\/127.0.0.1:1\/ cannot be reached/)
  expect(output).toMatch(/^Failed: the carrier gave up with 11205\.$/m)
})

test.each([
  ['', 'expected a flow file, or --url with the webhook of a TwiML application'],
  ['flows/menu.json --url http://a.example', 'expected a flow file, or --url with the webhook of a TwiML application'],
  ['flows/menu.json --call --sms hi', '--call, --sms and --request exclude each other'],
  ['--url http://a.example --record x.yaml', '--record needs a flow: a scenario is played against one'],
  ['--url http://a.example --trace', '--trace needs a flow: nothing is known of the steps behind --url'],
  ['--url localhost:3000/voice', '--url "localhost:3000/voice": expected an absolute http or https URL'],
  ['flows/menu.json --from= --call', '--from and --to need an address such as +15550001000'],
  ['flows/menu.json --record no/such/x.yaml', '--record no/such/x.yaml: there is no folder '],
  ['flows/menu.json --record package.json', '--record package.json: there is such a file already'],
  ['flows/menu.json --press x', '--press "x": expected keys of a phone, 0-9 * #'],
  ['flows/menu.json --wait soon', '"soon" is no duration; expected 8s, 5m, 2h or 1d'],
  ['flows/nobody.json', 'flows/nobody.json cannot be read: there is no such file or folder'],
  ['flows', 'flows cannot be read: it is a folder'],
  ['package.json', "package.json:1:1 'states' is missing but it is required"],
])('"%s" is refused by a message that says what was expected', async (line, message) => {
  await expect(typed(line)).rejects.toThrow(message)
})

test('a refusal is one line on the error output, with exit code 1', async () => {
  const run = new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'simulate'], (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    )
  })

  expect(await run).toEqual({
    code: 1,
    stdout: '',
    stderr: 'expected a flow file, or --url with the webhook of a TwiML application\n',
  })
})

test('what is asked is signed by the first token of a .env file', async () => {
  const { url, signatures } = await application('<Response/>')
  const folder = folderWith({ '.env': 'TWILIO_AUTH_TOKEN=new,old\n' })

  const words = ['simulate', '--url', url, '--sms', 'hi']
  const cli = [import.meta.resolve('tsx'), join(process.cwd(), 'src/cli.ts')] as const
  await promisify(execFile)(process.execPath, ['--import', ...cli, ...words], { cwd: folder })

  const [signature] = signatures
  expect(signature?.by('new')).toBe(true)
})

/** Runs the command as if typed; lines given are typed at a terminal. */
async function typed(line: string, lines?: readonly string[]): Promise<{ code: number; output: string }> {
  const input = Object.assign(new PassThrough(), { isTTY: lines !== undefined })
  for (const text of lines ?? []) input.write(`${text}\n`)
  const { code, written } = await seen(line, { input, output: new PassThrough() })
  return { code, output: written }
}

async function seen(
  line: string,
  { input, output }: { readonly input: Terminal['input']; readonly output: PassThrough },
) {
  const written: Buffer[] = []
  output.on('data', (chunk) => written.push(chunk))
  let code = -1
  const command = simulateCommand(async (wish) => {
    code = await simulate(wish, { input, output })
  })
  await new Command().addCommand(command).parseAsync(['simulate', ...line.split(' ').filter(Boolean)], { from: 'user' })
  return { code, written: Buffer.concat(written).toString() }
}

/** What one of them says or does, in order. */
function linesOf(output: string, who: string): string[] {
  return [...output.matchAll(new RegExp(`^(?:\\S+> )* *[\\d:]+ {2}${who} +(.*)$`, 'gm'))].map(([, text = '']) => text)
}

async function application(twiml: string | ((params: Record<string, string>) => Promise<string>)) {
  const asked: Record<string, string>[] = []
  const signatures: { by(token: string): boolean }[] = []
  const server = createServer(async (request, response) => {
    const params = Object.fromEntries(new URLSearchParams(Buffer.concat(await request.toArray()).toString()))
    const signature = String(request.headers['x-twilio-signature'])
    asked.push(params)
    signatures.push({ by: (token) => twilio.validateRequest(token, signature, url, params) })
    response.writeHead(200, { 'content-type': 'text/xml' }).end(typeof twiml === 'string' ? twiml : await twiml(params))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice` // listening on TCP
  return { url, asked, signatures }
}
