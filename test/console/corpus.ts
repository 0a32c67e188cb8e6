import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { flowIn } from '../../src/console/document/import.ts'
import { parseFlowText } from '../../src/flow/file.ts'
import { isObject, type JsonObject } from '../../src/flow/record.ts'

/** Where the corpus of real flows is, on the machines that have it. */
export const CORPUS = join(import.meta.dirname, '../../../shared/flows')

/** The names of its files; none, which is told loudly, where it is not here. */
export function corpusFiles(): readonly string[] {
  if (existsSync(CORPUS)) return readdirSync(CORPUS).filter((file) => file.endsWith('.json'))
  console.warn('SKIPPED: the corpus of real flows (../shared/flows) is not here')
  return []
}

/** The definition in one of its files, as the console takes it in. */
export function definitionIn(file: string): JsonObject {
  const read = parseFlowText(readFileSync(join(CORPUS, file), 'utf8'))
  const taken = 'json' in read && isObject(read.json) ? flowIn(JSON.stringify(read.json)) : { problem: 'no JSON' }
  if ('problem' in taken) throw new Error(`${file}: ${taken.problem}`)
  return taken.definition
}
