import { afterAll, expect, test } from 'vitest'
import { handler, startServing } from './served.ts'

/** What a function does to itself, or tries to do to the server; what is answered; and whether that takes the time limit. */
const CASES: Readonly<Record<string, readonly [source: string, status: number, text: RegExp]>> = {
  'an infinite loop': [handler('for (;;);'), 504, /timed out: there was no callback within 2 s/],
  'no callback': [handler(''), 504, /timed out/],
  'an async handler that returns without a callback': ['exports.handler = async () => "returned"', 504, /timed out/],
  'a promise that is never kept': [handler('return new Promise(() => {})'), 504, /timed out/],
  'process.exit()': [handler('process.exit(3)'), 500, /ended before its callback: exit code 3/],
  'process.exit(0)': [handler('process.exit()'), 500, /exit code 0/],
  'a rejection that nobody handles': [handler('Promise.reject(new Error("floating"))'), 500, /"floating"/],
  'a throw after the handler has returned': [
    handler('setTimeout(() => { throw new Error("late") }, 10)'),
    500,
    /"late"/,
  ],
  'heap exhaustion': [handler('const all = []; for (;;) all.push(new Array(1000).fill({}))'), 500, /signal SIGABRT/],
  'process.kill(process.pid)': [handler('process.kill(process.pid)'), 500, /signal SIGTERM/],
  'process.kill with SIGKILL': [handler('process.kill(process.pid, "SIGKILL")'), 500, /signal SIGKILL/],
  'process.abort()': [handler('process.abort()'), 500, /signal SIGABRT/],
  'a stop signal to itself': [handler('process.kill(process.pid, "SIGSTOP")'), 504, /timed out/],
  'an endless recursion': [handler('const f = () => f(); f()'), 500, /RangeError/],
  'an endless chain of microtasks': [handler('const f = () => { Promise.resolve().then(f) }; f()'), 504, /timed out/],
  'every handler of errors taken off, and a throw': [
    handler('process.removeAllListeners("uncaughtException"); setTimeout(() => { throw new Error("late") })'),
    500,
    /exit code 1/,
  ],

  'an answer that is too large': [
    handler('callback(null, "x".repeat(1_000_001))'),
    500,
    /1000001 bytes; at most 1000000/,
  ],
  'an answer of a hundred megabytes': [
    handler('callback(null, Buffer.alloc(100_000_000))'),
    500,
    /100000000 bytes; at most/,
  ],
  'a function as the answer': [handler('callback(null, () => {})'), 500, /a function cannot be answered/],
  'a symbol as the answer': [handler('callback(null, Symbol("s"))'), 500, /a symbol cannot be answered/],
  'a BigInt as the answer': [handler('callback(null, 1n)'), 500, /BigInt/],
  'a circular object as the answer': [handler('const o = {}; o.o = o; callback(null, o)'), 500, /circular/],
  'an answer that throws when it is read': [
    handler('callback(null, { toJSON() { throw new Error("unreadable") } })'),
    500,
    /unreadable/,
  ],
  'an error that throws when it is read': [
    handler('callback({ toJSON() { throw new Error("unreadable") } })'),
    500,
    /unreadable/,
  ],
  'an answer that is a trap': [
    handler(
      'callback(null, new Proxy({}, { get() { throw new Error("trap") }, getPrototypeOf() { throw new Error("trap") } }))',
    ),
    500,
    /trap/,
  ],
  'a status that is none': [
    handler('callback(null, new Twilio.Response().setStatusCode(42))'),
    500,
    /status code is 42/,
  ],
  'a header with a line break': [
    handler('callback(null, new Twilio.Response().appendHeader("A", "1\\r\\nB: 2"))'),
    500,
    /Invalid character in header content/,
  ],
  'a header whose name is none': [
    handler('callback(null, new Twilio.Response().appendHeader("A B", "1"))'),
    500,
    /Header name must be a valid HTTP token/,
  ],

  'no handler': ['exports.main = () => {}', 500, /Could not find a \\"handler\\" function in file .*\.js/],
  'a handler that is none': ['exports.handler = "handler"', 500, /Could not find/],
  'nothing exported': ['module.exports = null', 500, /Could not find/],
  'a syntax error': ['exports.handler = (context, event callback) => {}', 500, /"SyntaxError"/],
  'a throw at the top of the file': ['throw new Error("at the top")', 500, /"at the top"/],
  'process.exit() at the top of the file': ['process.exit(7)', 500, /exit code 7/],
  'a package that is not there': ['require("no-such-package")', 500, /Cannot find module 'no-such-package'/],
  'a part of twilio that is not there': ['require("twilio/lib/no-such")', 500, /Cannot find module/],

  'process.send, which there is not': [
    handler('process.send({ type: "answered" })'),
    500,
    /process.send is not a function/,
  ],
  'rubbish to the server': [
    handler('require("fs").writeSync(3, Buffer.from("\\0\\0\\0\\2\\0\\0\\0\\0{]rubbish"))'),
    500,
    /ended before its callback/,
  ],
  'a message of unheard length to the server': [
    handler('require("fs").writeSync(3, Buffer.alloc(64, 255))'),
    500,
    /ended before its callback/,
  ],
  'a message to the server that is none of ours': [
    handler(
      'const head = JSON.stringify({ type: "hello" }); const b = Buffer.alloc(8); b[3] = head.length; require("fs").writeSync(3, Buffer.concat([b, Buffer.from(head)]))',
    ),
    500,
    /ended before its callback/,
  ],
  'a lie that it has not begun': [
    handler(
      'const head = JSON.stringify({ type: "leaving" }); const b = Buffer.alloc(8); b[3] = head.length; require("fs").writeSync(3, Buffer.concat([b, Buffer.from(head)]))',
    ),
    500,
    /4 processes, one after the other, were about to end/,
  ],
  'the way to the server closed': [handler('require("fs").closeSync(3)'), 500, /ended before its callback/],
}

const names = Object.keys(CASES)
const { ask, functions, log } = startServing(
  {
    ...Object.fromEntries(Object.values(CASES).map(([source], nth) => [`functions/bad-${nth}.js`, source])),
    'functions/good.js': handler('callback(null, "good")'),
  },
  { limits: { timeoutMs: 2_000, memoryMb: 32, answerBytes: 1_000_000 } },
)
afterAll(() => functions.close())

test.each(Object.entries(CASES))('%s is answered, and hurts no other call', async (name, [, status, text]) => {
  const path = `/bad-${names.indexOf(name)}`

  const bad = ask(path)
  const meanwhile = await Promise.all([ask('/good'), ask('/good')])
  const { status: answered, text: said } = await bad
  const afterwards = await ask('/good')

  expect(said).toMatch(text)
  expect(answered).toBe(status)
  expect([...meanwhile, afterwards].map((good) => good.text)).toEqual(['good', 'good', 'good'])
})

test('an infinite loop behind the callback holds up no answer, and no other call', async () => {
  const looping = startServing(
    {
      'functions/loop.js': handler('callback(null, "answered"); for (;;);'),
      'functions/pid.js': handler('callback(null, process.pid)'),
    },
    { limits: { timeoutMs: 5_000 } },
  )

  expect((await looping.ask('/loop')).text).toBe('answered')
  expect(await looping.ask('/pid')).toMatchObject({ status: 200 })
  await looping.functions.close()
})

test('a throw long after the callback is logged, and costs no later call its answer', async () => {
  const late = startServing({
    'functions/late.js': handler(
      'setTimeout(() => { throw new Error("much later") }, event.ms).unref(); callback(null, process.pid)',
    ),
  })

  for (let call = 0; call < 15; call += 1) {
    expect(await late.ask('/late', { fields: { ms: 24 + call } })).toMatchObject({ status: 200 })
    await new Promise((resolve) => setTimeout(resolve, 30))
  }

  expect(late.log.map(({ msg }) => msg)).toContain('Error: much later')
  await late.functions.close()
})

test('a rejection of a call that has been answered is no failure of the next one', async () => {
  const late = startServing({
    'functions/late.js': `exports.handler = async (context, event, callback) => {
      if (event.next) return setTimeout(() => callback(null, 'answered'), 600)
      callback()
      await new Promise((resolve, reject) => setTimeout(() => reject(new Error('too late')), 300).unref()) }`,
  })

  await late.ask('/late')
  await new Promise((resolve) => setTimeout(resolve, 50))

  expect(await late.ask('/late', { fields: { next: true } })).toMatchObject({ status: 200, text: 'answered' })
  await expect.poll(() => late.log.map(({ msg }) => msg)).toContain('Error: too late')
  await late.functions.close()
})

test('an answer just before process.exit() arrives', async () => {
  const leaving = startServing({ 'functions/leave.js': handler('callback(null, "answered"); process.exit()') })

  for (let call = 0; call < 5; call += 1) expect((await leaving.ask('/leave')).text).toBe('answered')
  await leaving.functions.close()
})

test('what a function throws is in the log, with its path and the request', async () => {
  const path = `/bad-${names.indexOf('a throw at the top of the file')}`

  await ask(path, { id: 'request 7' })

  await expect
    .poll(() => log.filter(({ request }) => request === 'request 7'))
    .toContainEqual(expect.objectContaining({ function: path, msg: expect.stringContaining('at the top'), level: 40 }))
})

test.each([
  ['lines', 'for (;;) console.log("x".repeat(1000))'],
  ['one line', 'for (;;) process.stdout.write("x".repeat(1000))'],
])('a flood of %s ends by the limit of time or of memory, and hurts no other call', async (_of, body) => {
  const flooding = startServing(
    { 'functions/flood.js': handler(body), 'functions/good.js': handler('callback(null, "good")') },
    { limits: { timeoutMs: 2_000, memoryMb: 32 } },
  )

  const flood = flooding.ask('/flood')
  const good = await flooding.ask('/good')

  expect(good.text).toBe('good')
  expect((await flood).text).toMatch(/timed out|SIGABRT/)
  await flooding.functions.close()
})

test('of what one call prints only so much is logged', async () => {
  const chatty = startServing({
    'functions/chat.js': handler('for (let n = 0; n < 2000; n += 1) console.log(n); callback()'),
  })

  await chatty.ask('/chat')

  const left = 'more than 1000 lines of one call: the rest is left out'
  await expect.poll(() => chatty.log.map(({ msg }) => msg)).toContain(left)
  expect(chatty.log.length).toBeLessThan(1_010)
  await chatty.functions.close()
})
