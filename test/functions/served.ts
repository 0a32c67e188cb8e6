import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { type DestinationStream, pino } from 'pino'
import { onTestFinished } from 'vitest'
import { SECRET_SETTINGS } from '../../src/config.ts'
import type { FunctionCall } from '../../src/functions/call.ts'
import { type FunctionParts, Functions } from '../../src/functions/functions.ts'
import type { Resource } from '../../src/functions/resource.ts'

/** Functions of a folder of their own, and what they have printed. */
export interface Served {
  readonly functions: Functions
  readonly folder: string
  readonly log: readonly LogLine[]
  /** Writes or changes a file of the project, and takes it up. */
  write(name: string, text: string): void
  /** Calls a function, and reads what it answers. */
  ask(path: string, call?: Partial<FunctionCall>): Promise<Asked>
}

export interface LogLine {
  readonly level: number
  readonly msg: string
  readonly function?: string
  readonly request?: string
}

export interface Asked {
  readonly status: number
  /** But for `concurrency`. */
  readonly headers: readonly (readonly [string, string])[]
  /** `x-twilio-function-concurrency`. */
  readonly concurrency: readonly string[]
  /** `content-type`. */
  readonly type: string | undefined
  readonly text: string
  readonly body: Buffer
}

export type Files = Readonly<Record<string, string>>
export type Settings = Partial<Omit<FunctionParts, 'limits'>> & { readonly limits?: Partial<FunctionParts['limits']> }

export const ACCOUNT = { sid: `AC${'0'.repeat(32)}`, authToken: 'dev', real: false }

const CONCURRENCY = 'x-twilio-function-concurrency'

/** Serves files of a project until the test is over: those of `functions/` as functions, those of `assets/` as private assets. */
export function served(files: Files, settings: Settings = {}): Served {
  const serving = startServing(files, settings)
  onTestFinished(() => serving.functions.close())
  return serving
}

/** The same, to be closed by whoever starts it. */
export function startServing(files: Files, { limits, ...settings }: Settings = {}): Served {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-functions-'))
  const names = new Set<string>()
  const put = (name: string, text: string) => {
    names.add(name)
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  for (const [name, text] of Object.entries(files)) put(name, text)
  const log: LogLine[] = []
  const stream: DestinationStream = { write: (line) => void log.push(JSON.parse(line)) }
  const functions = new Functions({
    project: () => ({
      functions: resources(folder, [...names], 'function'),
      assets: resources(folder, [...names], 'asset'),
    }),
    folder,
    envFile: join(folder, '.env'),
    secretNames: SECRET_SETTINGS,
    account: ACCOUNT,
    addresses: () => ({ own: 'http://127.0.0.1:9' }),
    publicUrl: undefined,
    showsStacks: false,
    log: pino({ level: 'debug' }, stream),
    ...settings,
    limits: { timeoutMs: 20_000, atOnce: 30, memoryMb: 64, answerBytes: 4_194_304, ...limits },
  })
  functions.reload()
  return {
    functions,
    folder,
    log,
    write(name, text) {
      put(name, text)
      functions.reload()
    },
    async ask(path, call = {}) {
      const asked = { path, fields: {}, headers: {}, cookies: {}, host: 'localhost:3000', id: `call of ${path}` }
      const { status, headers: all, body } = await functions.call({ ...asked, ...call })
      const headers = all.filter(([name]) => name.toLowerCase() !== CONCURRENCY)
      const concurrency = all.filter((header) => !headers.includes(header)).map(([, value]) => value)
      const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
      return { status, headers, concurrency, type, text: body.toString(), body }
    },
  }
}

function resources(folder: string, names: readonly string[], kind: Resource['kind']): ReadonlyMap<string, Resource> {
  const of = `${kind}s/`
  const found = names.filter((name) => name.startsWith(of))
  return new Map(
    found.map((name) => {
      const inside = name.slice(of.length - 1)
      const path = kind === 'function' ? inside.slice(0, -extname(inside).length) : inside.replace('.private', '')
      const visibility = kind === 'asset' && name.includes('.private') ? 'private' : 'public'
      return [path, { kind, path, file: join(folder, name), visibility }]
    }),
  )
}

/** The source of a function whose handler has this body; it sees `context`, `event`, `callback`. */
export function handler(body: string): string {
  return `exports.handler = (context, event, callback) => { ${body} }`
}
