import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { readConfig } from '../src/config.ts'
import { openParts } from '../src/parts.ts'
import { median } from './load.ts'

const FEW = 1_000
const MANY = 1_000_000
const PAGE = 50
/** Of one round: a single one is too short to be measured. */
const PAGES = 20

const FLOW = {
  initial_state: 'Trigger',
  states: [{ name: 'Trigger', type: 'trigger', properties: {}, transitions: [{ event: 'incomingRequest' }] }],
}

/** How long a page of 50 executions takes over REST among 1,000,000, against one among 1,000: medians of interleaved rounds. */
export async function listsRow(rounds: number): Promise<string> {
  const [few, many] = [await filledServer(FEW), await filledServer(MANY)]
  const times: { few: number[]; many: number[] } = { few: [], many: [] }
  for (let round = 0; round < rounds; round += 1) {
    times.few.push(await few.read())
    times.many.push(await many.read())
  }
  await Promise.all([few.close(), many.close()])
  const [one, other] = [median(times.few), median(times.many)]
  return `lists: a page of ${PAGE} took ${one.toFixed(1)} ms of ${FEW} executions, ${other.toFixed(1)} ms of ${MANY}: ${(other / one).toFixed(2)} of it`
}

async function filledServer(executions: number) {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-bench-'))
  writeFileSync(join(folder, 'request.json'), JSON.stringify(FLOW))
  const file = join(folder, 'lists.db')
  const config = readConfig({ FLOWS_DIR: folder, DATABASE_URL: `sqlite:${file}`, LOG_LEVEL: 'silent' }, folder)
  const sid = await begun(config)
  fill(file, executions)
  const parts = await openParts(config, { flowFiles: new Set(['request.json']) })
  const authorization = `Basic ${Buffer.from(`${config.TWILIO_ACCOUNT_SID}:dev`).toString('base64')}`
  const page = async (path: string) => (await parts.server.inject({ url: path, headers: { authorization } })).json()
  return {
    async read() {
      let path = `/v2/Flows/${sid}/Executions?PageSize=${PAGE}`
      const begin = performance.now()
      for (let pages = 0; pages < PAGES; pages += 1) {
        const { executions: shown, meta } = await page(path)
        if (shown.length !== PAGE) throw new Error(`${shown.length} executions on a page`)
        const { pathname, search } = new URL(
          meta.next_page_url ?? `http://x/v2/Flows/${sid}/Executions?PageSize=${PAGE}`,
        )
        path = pathname + search
      }
      return (performance.now() - begin) / PAGES
    },
    close: () => parts.close(),
  }
}

/** Begins one execution, of which the others are copies. */
async function begun(config: ReturnType<typeof readConfig>): Promise<string> {
  const parts = await openParts(config, { flowFiles: new Set(['request.json']) })
  const [flow] = parts.flows.list()
  const parameters = { filling: 'x'.repeat(500) }
  await parts.runtime.start(flow?.sid ?? '', { type: 'incoming-request', to: '+1', from: '+2', parameters })
  await parts.close()
  return flow?.sid ?? ''
}

function fill(file: string, executions: number): void {
  const database = new Database(file)
  const columns = 'flow_sid, channel, contact, address, status, version, updated_at, initiated_by'
  database.exec(`pragma synchronous = off;
    with recursive numbers (n) as (select 2 union all select n + 1 from numbers where n < ${executions})
    insert into executions (sid, created_at, document, ${columns})
    select copy, began, json_set(document, '$.sid', copy, '$.createdAt', began), ${columns}
    from (select *, 'FN' || printf('%032d', n) as copy, created_at - n as began from executions, numbers);
    analyze`)
  database.close()
}
