import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { folderOf, serving } from '../support/server.ts'

const FUNCTION = 'exports.handler = (context, event, callback) => callback(null, "in")'
const ROW = /^\| `(GET|POST) (\/\S*)` \| (\d{3}) \|$/gm

test('SECURITY.md: a request that shows nothing is answered as the page says', async () => {
  const page = await readFile('SECURITY.md', 'utf8')
  const { server } = await serving({ menu: flow({ Trigger: { type: 'trigger', exits: {} } }) }, closed())

  const said = [...page.matchAll(ROW)].map(([, method = '', url = '', status]) => ({ method, url, status }))
  const found = await Promise.all(said.map(async (row) => ({ ...row, status: await statusOf(row) })))

  expect(said.length).toBeGreaterThan(10)
  expect(found).toEqual(said)

  async function statusOf({ method, url }: { readonly method: string; readonly url: string }): Promise<string> {
    const asked = { method: method as 'GET', url } satisfies InjectOptions // one of the two in ROW
    return String((await server.inject(asked)).statusCode)
  }
})

test('SECURITY.md: every guard and every test that the page names is there', async () => {
  const page = await readFile('SECURITY.md', 'utf8')
  const named = [...page.matchAll(/`((?:src|test|\.ci)\/[^`]+)`/g)].map(([, path = '']) => path)

  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

function closed(): Record<string, string> {
  const folder = folderOf({})
  for (const name of ['protected', 'private']) written(join(folder, `functions/${name}.${name}.js`))
  return {
    FUNCTIONS_DIR: join(folder, 'functions'),
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(31)}1`,
    TWILIO_AUTH_TOKEN: 'a token',
    FLOW_FILES: 'read-only',
  }
}

function written(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, FUNCTION)
}
