import { readFileSync } from 'node:fs'
import type { Execution } from '../../src/engine/execution.ts'
import type { Parts, Substitutes } from '../../src/parts.ts'
import type { Line } from '../support/carrier.ts'
import { Call } from '../support/phone.ts'
import { form, serving } from '../support/server.ts'
import { Texter } from '../support/texter.ts'

/** An example flow on a server, with a phone before it. */
export interface Stage {
  readonly parts: Parts
  readonly call: Call
  readonly texter: Texter
  /** The path of the walk: names of the widgets left, in order. */
  path(): Promise<readonly string[]>
  /** The execution that was begun. */
  execution(): Promise<Execution>
}

/** Opens a stage for one of the flows in `flows/`. */
export async function stage(name: string, outside: Substitutes = {}): Promise<Stage> {
  const parts = await serving({ [name]: exampleFlow(name) }, {}, outside)
  const line: Line = async ({ url, params }) => {
    const { pathname, search } = new URL(url)
    const { statusCode: status, body } = await parts.server.inject(form(params, pathname + search))
    const executionSid = await active(parts, name)
    begun = executionSid ?? begun
    return { status, body }
  }
  let begun: Execution | undefined
  const execution = async () => {
    await parts.settled()
    const found = begun && (await parts.store.execution(begun.sid))
    if (!found) throw new Error('no execution was begun')
    return found
  }
  return {
    parts,
    execution,
    call: new Call(line, SUBSCRIBER(name)),
    texter: new Texter(line, SUBSCRIBER(name)),
    path: async () => (await parts.store.steps((await execution()).sid)).map(({ from }) => from),
  }
}

/** The definition of a flow in `flows/`. */
export function exampleFlow(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../flows/${name}.json`, import.meta.url), 'utf8'))
}

const FROM = '+15550001000'
const TO = '+15550002000'
const ID = 'a'.repeat(32)

const SUBSCRIBER = (name: string) => ({
  webhook: `http://flows.example/flows/${name}`,
  accountSid: `AC${'0'.repeat(32)}`,
  from: FROM,
  to: TO,
  id: ID,
})

async function active({ store, flows }: Parts, name: string): Promise<Execution | undefined> {
  const sid = flows.named(name)?.sid ?? ''
  return (await store.executionOfCall(sid, `CA${ID}`)) ?? (await store.activeWith(sid, FROM, [TO]))
}
