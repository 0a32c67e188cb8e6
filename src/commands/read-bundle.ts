import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Bundle } from '../bundle/bundle.ts'
import { Unplayable } from '../bundle/replay.ts'
import { whyUnreadable } from '../unreadable.ts'

/** Reads the file of an execution's bundle; throws `Unplayable`. */
export async function readBundle(file: string): Promise<Bundle> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Unplayable(`it cannot be read: ${whyUnreadable(error)}`)
  })
  const read = Bundle.safeParse(jsonIn(text))
  if (read.success) return read.data
  throw new Unplayable(`it is no bundle of GET /api/executions/{sid}/bundle:\n${z.prettifyError(read.error)}`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Unplayable('it is no JSON')
  }
}
