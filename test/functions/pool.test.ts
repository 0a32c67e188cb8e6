import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { handler, type Served, served } from './served.ts'

const PID = { 'functions/pid.js': handler('callback(null, process.pid)') }
/** Answers with its pid once there is a file `release` in the folder; says in `begun` that it has begun. */
const HELD = handler(`
  const fs = require("fs")
  fs.appendFileSync("begun", process.pid + "\\n")
  const timer = setInterval(() => {
    if (!fs.existsSync("release")) return
    clearInterval(timer)
    callback(null, String(process.pid))
  }, 10)`)

function release({ folder }: Served): void {
  writeFileSync(join(folder, 'release'), '')
}

/** Waits until so many held calls have begun; gives the processes that they are in. */
async function begun({ folder }: Served, count: number): Promise<number[]> {
  const read = () =>
    existsSync(join(folder, 'begun')) ? readFileSync(join(folder, 'begun'), 'utf8').match(/\d+/g) : []
  await expect.poll(read).toHaveLength(count)
  return (read() ?? []).map(Number)
}

const pidOf = async ({ ask }: Served, path = '/pid') => Number((await ask(path)).text)

/** Waits for the process to spare. */
async function warm(serving: Served): Promise<void> {
  await expect.poll(() => processesOf(serving)).toHaveLength(1)
  await sleep(1_000)
}

/** Where the system shows them: the processes that have a folder as theirs. */
function processesOf(served: Served): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === served.folder
      } catch {
        return false // gone meanwhile
      }
    })
}

test('neither the first call nor the next ones wait for the start of a process', async () => {
  const serving = served(PID)
  await warm(serving)
  for (let call = 0; call < 5; call += 1) {
    const before = processesOf(serving)
    expect(before).toContain(await pidOf(serving))
  }
})

test('while a function runs there is a process to spare for the next call', async () => {
  const serving = served({ ...PID, 'functions/held.js': HELD })
  const held = serving.ask('/held')
  const [busy] = await begun(serving, 1)
  await expect.poll(() => processesOf(serving)).toHaveLength(2)

  const before = processesOf(serving)
  const pid = await pidOf(serving)
  release(serving)

  expect(before).toContain(pid)
  expect(pid).not.toBe(busy)
  expect((await held).text).toBe(String(busy))
})

test('a function is called where it is loaded, if that process is free', async () => {
  const serving = served({ ...PID, 'functions/other.js': PID['functions/pid.js'], 'functions/held.js': HELD })
  const rested = async (path: string) => {
    await sleep(100)
    return pidOf(serving, path)
  }
  const held = serving.ask('/held')
  const [first] = await begun(serving, 1)
  const second = await rested('/other')
  release(serving)
  await held

  expect([await rested('/held'), await rested('/other'), await rested('/held')]).toEqual([first, second, first])
})

test('without functions there are no processes', async () => {
  const serving = served({})
  await sleep(300)
  expect(processesOf(serving)).toEqual([])
})

test('as many calls run at once as may, one more is answered with 429, and then there is room again', async () => {
  const serving = served({ 'functions/held.js': HELD }, { limits: { atOnce: 3 } })
  const held = [1, 2, 3].map(() => serving.ask('/held'))

  const refused = await serving.ask('/held')
  const pids = await begun(serving, 3)
  const refusedToo = await serving.ask('/held')
  release(serving)
  const answers = await Promise.all(held)
  const later = await serving.ask('/held')

  expect(answers.map(({ status, text }) => [status, Number(text)]).sort()).toEqual(pids.map((pid) => [200, pid]).sort())
  expect(new Set(pids).size).toBe(3)
  expect([refused.status, refusedToo.status, later.status]).toEqual([429, 429, 200])
  expect(refused.text).toBe('{"message":"3 functions are running, which is as many as may"}')
})

test('an answer tells how many calls ran when its own began, whatever the function says', async () => {
  const claim = 'new Twilio.Response().appendHeader("X-Twilio-Function-Concurrency", "99")'
  const serving = served(
    { 'functions/held.js': HELD, 'functions/claim.js': handler(`callback(null, ${claim})`) },
    { limits: { atOnce: 2 } },
  )

  const first = serving.ask('/held')
  await begun(serving, 1)
  expect((await serving.ask('/claim')).concurrency).toEqual(['2'])
  const second = serving.ask('/held')
  expect(await serving.ask('/held')).toMatchObject({ status: 429, concurrency: ['2'] })
  release(serving)

  expect((await Promise.all([first, second])).map(({ concurrency }) => concurrency)).toEqual([['1'], ['2']])
})

test('processes that nobody needs are given up, but for one', async () => {
  const serving = served({ 'functions/held.js': HELD }, { limits: { idleMs: 400 } })
  const held = [1, 2, 3, 4].map(() => serving.ask('/held'))
  await begun(serving, 4)
  release(serving)
  await Promise.all(held)

  await expect.poll(() => processesOf(serving)).toHaveLength(1)
  await sleep(600)
  expect(processesOf(serving)).toHaveLength(1)
})

test('a process is given up after many calls', async () => {
  const serving = served(PID, { limits: { callsPerChild: 3 } })

  const pids: number[] = []
  for (let call = 0; call < 7; call += 1) pids.push(await pidOf(serving))

  const [first, fourth, seventh] = [pids[0], pids[3], pids[6]]
  expect(pids).toEqual([first, first, first, fourth, fourth, fourth, seventh])
  expect(new Set(pids).size).toBe(3)
})

const LEFT = (before: string) => handler(`${before}; callback(null, process.pid)`)

test.each([
  ['a timer', 'setInterval(() => console.log("still here"), 20)'],
  ['a server', 'require("net").createServer().listen(0, "127.0.0.1")'],
  ['a process', 'require("child_process").spawn("sleep", ["30"])'],
])('%s that is left behind ends with the callback', async (_what, before) => {
  const serving = served({ 'functions/pid.js': LEFT(before) })

  const pids = [await pidOf(serving), await pidOf(serving)]
  await expect.poll(() => processesOf(serving)).not.toContain(pids[0])

  expect(new Set(pids).size).toBe(2)
  expect(serving.log.map(({ msg }) => msg)).toContain('a function has called back and left work behind: ending it')
})

test('what is over within a moment of the callback, and a connection that idles, is nothing left behind', async () => {
  const site = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  onTestFinished(() => void site.close())
  await new Promise((resolve) => site.once('listening', resolve))
  const { port } = Object(site.address())
  const serving = served({
    'functions/timer.js': LEFT('setTimeout(() => {}, 20)'),
    'functions/fetch.js': `exports.handler = async (context, event, callback) => {
      await (await fetch('http://127.0.0.1:${port}')).text(); callback(null, process.pid) }`,
    'functions/top.js': `setInterval(() => {}, 50); ${handler('callback(null, process.pid)')}`,
  })

  const pids: number[] = []
  for (const path of ['/timer', '/fetch', '/fetch', '/top', '/top', '/timer']) {
    pids.push(await pidOf(serving, path))
    await sleep(300)
  }

  expect(processesOf(serving)).toEqual(expect.arrayContaining(pids))
  expect(serving.log).toEqual([])
})

test('a changed function is live at the next call, and a call under way ends as it began', async () => {
  const serving = served({
    'functions/held.js': `const text = require("./text.js"); ${HELD.replace('String(process.pid)', 'text')}`,
    'functions/text.js': 'module.exports = "old"',
  })
  const underWay = serving.ask('/held')
  await begun(serving, 1)
  const old = processesOf(serving)

  serving.write('functions/text.js', 'module.exports = "new"')
  serving.write('functions/held.js', handler('callback(null, require("./text.js"))'))
  const after = await serving.ask('/held')
  release(serving)
  const before = await underWay

  expect([before.text, after.text]).toEqual(['old', 'new'])
  await expect.poll(() => processesOf(serving).filter((pid) => old.includes(pid))).toEqual([])
})

test('a new function, a changed .env and a function repaired are taken up', async () => {
  const serving = served({ 'functions/bad.js': 'nonsense(' })
  expect((await serving.ask('/bad')).status).toBe(500)

  serving.write('functions/bad.js', handler('callback(null, "repaired")'))
  serving.write('functions/new.js', handler('callback(null, context.WORD)'))
  serving.write('.env', 'WORD=new')

  expect((await serving.ask('/bad')).text).toBe('repaired')
  expect((await serving.ask('/new')).text).toBe('new')
})

test('calls that come while the project is taken up again and again are all answered', async () => {
  const serving = served(PID)

  const calls = Array.from({ length: 10 }, async (_, nth) => {
    await sleep(nth * 30)
    serving.functions.reload()
    return (await serving.ask('/pid')).status
  })

  expect(new Set(await Promise.all(calls))).toEqual(new Set([200]))
})

test('settled waits for what runs; close ends every process soon, what runs as well', async () => {
  const serving = served({ ...PID, 'functions/held.js': HELD, 'functions/loop.js': handler('for (;;);') })
  const happened: string[] = []
  const held = serving.ask('/held').then(() => happened.push('answered'))
  const settled = serving.functions.settled().then(() => happened.push('settled'))
  await begun(serving, 1)
  release(serving)
  await Promise.all([held, settled])
  expect(happened).toEqual(['answered', 'settled'])

  const looping = serving.ask('/loop')
  await sleep(300)
  await serving.functions.close()

  expect(await looping).toMatchObject({ status: 500 })
  expect(processesOf(serving)).toEqual([])
  expect(await serving.ask('/pid')).toMatchObject({ status: 500 })
})

/** Notes in `begun` that it has begun; what it does then is in the event. */
const NOTED = handler(`
  require("fs").appendFileSync("begun", event.name + "\\n")
  if (event.loopMs) for (const end = Date.now() + event.loopMs; Date.now() < end; );
  if (event.waitMs) return setTimeout(() => callback(null, event.name), event.waitMs)
  if (event.leaves) setInterval(() => {}, 1_000)
  if (event.exits) process.exit(3)
  callback(null, event.name)`)

const CALLS_IN_ONE = Array.from({ length: 12 }, (_, place) => `call ${place}`)

test.each([
  { of: 'one that holds the thread', fields: { loopMs: 1_500 }, answer: { status: 200, isLast: true } },
  { of: 'one that waits', fields: { waitMs: 1_500 }, answer: { status: 200, isLast: true } },
  { of: 'one that leaves work behind', fields: { leaves: true }, answer: { status: 200, isLast: false } },
  { of: 'one that ends its process', fields: { exits: true }, answer: { status: 500, isLast: false } },
  { of: 'a short one', fields: {}, answer: { status: 200, isLast: false } },
])('calls that come on the heels of $of are soon answered, each begun once', async ({ fields, answer }) => {
  const serving = served({ 'functions/noted.js': NOTED })
  const answered: string[] = []
  const ask = async (name: string, more: object = {}) => {
    const { status, text } = await serving.ask('/noted', { fields: { name, ...more } })
    answered.push(name)
    return { status, text }
  }
  await warm(serving)
  for (const name of ['one', 'two', 'three']) await ask(name)

  const first = ask('first', fields)
  const others = await Promise.all(CALLS_IN_ONE.map((name) => ask(name)))
  const { status } = await first

  expect(others.map(({ text }) => text)).toEqual(CALLS_IN_ONE)
  expect({ status, isLast: answered.at(-1) === 'first' }).toEqual(answer)
  const begun = readFileSync(join(serving.folder, 'begun'), 'utf8').trim().split('\n')
  expect(begun.sort()).toEqual(['one', 'two', 'three', 'first', ...CALLS_IN_ONE].sort())
})

test('a few processes do for many short calls at once', async () => {
  const serving = served(PID)
  await warm(serving)
  const until = Date.now() + 1_500
  const pids = new Set<number>()
  const callOn = async () => {
    while (Date.now() < until) pids.add(await pidOf(serving))
  }

  await Promise.all(Array.from({ length: 25 }, callOn))

  expect(pids.size).toBeLessThan(12)
})
