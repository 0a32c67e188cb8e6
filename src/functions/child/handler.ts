import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { codeOf } from '../../error-code.ts'

/** What a function's file exports as `handler` (functions-flex.md A2). */
export type Handler = (context: object, event: object, callback: Callback) => unknown

export type Callback = (error?: unknown, payload?: unknown) => void

/** The handler of a file; throws where it has none, and whatever the file throws. */
export async function loadHandler(file: string): Promise<Handler> {
  const { handler } = known.get(file) ?? (await loaded(file))
  if (isHandler(handler)) return handler
  throw new Error(`Could not find a "handler" function in file ${file}`)
}

const require = createRequire(import.meta.url)

/** What files export: to look for a module that is there takes time, too. */
const known = new Map<string, Exports>()

async function loaded(file: string): Promise<Exports> {
  const exported = await exportsOf(file)
  known.set(file, exported)
  return exported
}

function exportsOf(file: string): Exports | Promise<Exports> {
  try {
    return require(file) ?? {}
  } catch (error) {
    if (codeOf(error) === 'ERR_REQUIRE_ASYNC_MODULE') return import(pathToFileURL(file).href)
    throw error
  }
}

interface Exports {
  readonly handler?: unknown
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function'
}
