import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { Refusal } from '../errors.ts'

/** What a file says of a flow. */
export interface FlowInFile {
  readonly sid: string
  readonly friendlyName: string
  readonly definition: unknown
}

/** Writes down what a flow is to become, in the form that its file has; what it gives puts that in the file's place, whole. Throws a `Refusal` where the file cannot be read or written. */
export async function draftOf(file: string, flow: FlowInFile): Promise<() => Promise<void>> {
  const { dir, base, name } = parse(file)
  const half = join(dir, `.${base}.${process.pid}`)
  try {
    const before: unknown = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(half, `${JSON.stringify(inTheFormOf(before, flow, name), null, 2)}\n`)
  } catch (error) {
    throw unwritable(file, error)
  }
  return () => rename(half, file)
}

/** Removes the file of a flow; throws as `draftOf` does. */
export async function erase(file: string): Promise<void> {
  try {
    await rm(file, { force: true })
  } catch (error) {
    throw unwritable(file, error)
  }
}

/** A bare definition stays one, unless the flow has got a name that its file has not. */
function inTheFormOf(before: unknown, { sid, friendlyName, definition }: FlowInFile, name: string): unknown {
  const isBare = typeof before !== 'object' || before === null || 'states' in before
  if (isBare) return friendlyName === name ? definition : { sid, friendly_name: friendlyName, definition }
  return { ...before, friendly_name: friendlyName, definition }
}

function unwritable(file: string, error: unknown): Refusal {
  const why = error instanceof Error ? error.message : String(error)
  return new Refusal('readOnly', `the flow comes from ${parse(file).base}, which cannot be written: ${why}`)
}
