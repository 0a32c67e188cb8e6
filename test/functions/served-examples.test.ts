import { copyFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openParts, type Parts } from '../../src/parts.ts'
import { signatureOf } from '../../src/signature/signature.ts'
import { projectFolder, write } from '../support/project.ts'

test('the example functions answer', async () => {
  const { server } = await served()

  const known = await server.inject({ url: '/order-status?order=1234' })
  const unknown = await server.inject({ url: '/order-status?order=__proto__' })
  const signature = signatureOf('dev', 'http://localhost:80/hold?QueuePosition=3', [])
  const held = await server.inject({ url: '/hold?QueuePosition=3', headers: { 'x-twilio-signature': signature } })

  expect(known.json()).toEqual({ status: 'shipped', delivery_date: 'Friday' })
  expect(unknown.json()).toEqual({ status: 'unknown' })
  expect(held.headers['content-type']).toContain('text/xml')
  expect(held.body).toContain('<Say>You are number 3 in line.</Say><Play>/hold-music.wav</Play>')
})

test('a private asset that changes is read anew by the function', async () => {
  const { server, folder } = await served()
  expect((await server.inject({ url: '/order-status?order=1' })).json()).toEqual({ status: 'unknown' })

  write(folder, { 'assets/orders.private.json': '{"1":{"status":"lost"}}' })

  await expect
    .poll(async () => (await server.inject({ url: '/order-status?order=1' })).json())
    .toEqual({ status: 'lost' })
})

test('a file that a function requires, its variables and the function itself are live when they change', async () => {
  const folder = projectFolder({
    'functions/a.js': 'exports.handler = (context, event, callback) => callback(null, [require("./b.cjs"), context.C])',
    'functions/b.cjs': 'module.exports = 1',
    '.env': 'C=1',
  })
  const { server } = await started(folder)
  const answer = async () => (await server.inject({ url: '/a' })).body
  expect(await answer()).toBe('[1,"1"]')

  write(folder, { 'functions/b.cjs': 'module.exports = 2' })
  await expect.poll(answer, { timeout: 8_000 }).toBe('[2,"1"]')
  write(folder, { '.env': 'C=second' })
  await expect.poll(answer, { timeout: 8_000 }).toBe('[2,"second"]')
  write(folder, { 'functions/a.js': 'exports.handler = (context, event, callback) => callback(null, "changed")' })
  await expect.poll(answer, { timeout: 8_000 }).toBe('changed')
})

/** The examples of this repository, in a folder of their own. */
async function served() {
  const folder = projectFolder({})
  cpSync('functions', join(folder, 'functions'), { recursive: true })
  cpSync('assets', join(folder, 'assets'), { recursive: true })
  copyFileSync('package.json', join(folder, 'package.json'))
  return { ...(await started(folder)), folder }
}

async function started(folder: string): Promise<Parts> {
  const parts = await openParts(readConfig({ DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent' }, folder))
  onTestFinished(() => parts.close())
  return parts
}
