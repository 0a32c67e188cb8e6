import { expect, test } from 'vitest'
import { type Running, run } from '../support/process.ts'
import { folderOf } from '../support/server.ts'

const TOKEN = 'a "token" that is in no log'
const SETTINGS = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(31)}1`, TWILIO_AUTH_TOKEN: TOKEN }
const NUMBER = '15551234567'
const FLOW = `/v2/Flows/FW${'0'.repeat(32)}`

test.each([
  ['masked', {}, '+…67', '%2B…67'],
  ['whole where the settings want it', { LOG_NUMBERS: 'on' }, `+${NUMBER}`, `%2B${NUMBER}`],
])(
  'phone numbers in the log are %s, and neither secrets nor what people write is there',
  async (_what, settings, ...numbers) => {
    const server = await run(folderOf({}), { ...SETTINGS, ...settings })

    await fetch(`${server.origin}/flows/+${NUMBER}`, { method: 'POST' })
    await fetch(`${server.origin}/flows/%2B${NUMBER}`, { method: 'POST' })
    await fetch(`${server.origin}/flows/x`, { method: 'POST', headers: { 'x-twilio-signature': TOKEN } })
    await begun(server, { To: `+${NUMBER}`, From: '+15550002', Parameters: 'dear "diary"' })

    await expect.poll(() => server.output.filter((line) => line.includes('"path":'))).toHaveLength(4)
    const log = server.output.join('\n')
    for (const number of numbers) expect(log).toContain(number)
    expect(log).not.toMatch(/diary|that is in no log/)
    if (!('LOG_NUMBERS' in settings)) expect(log).not.toContain(NUMBER)
  },
)

function begun({ origin }: Running, form: Record<string, string>): Promise<Response> {
  const credentials = Buffer.from(`${SETTINGS.TWILIO_ACCOUNT_SID}:${TOKEN}`).toString('base64')
  const headers = { authorization: `Basic ${credentials}` }
  return fetch(`${origin}${FLOW}/Executions`, { method: 'POST', headers, body: new URLSearchParams(form) })
}

test('what is refused under pressure is one short line a request', async () => {
  const server = await run(folderOf({}), { ...SETTINGS, MEMORY_PERCENT: '1', NODE_OPTIONS: '--max-old-space-size=500' })

  for (let times = 0; times < 3; times += 1) await fetch(`${server.origin}/flows/x`, { method: 'POST' })

  const refusals = () => server.output.filter((line) => line.includes('The memory is running out'))
  await expect.poll(refusals).toHaveLength(3)
  for (const line of refusals()) {
    expect(line).not.toContain('stack')
    expect(line.length).toBeLessThan(300)
  }
})
