import { changesBetween } from '../../changes/changes.ts'
import { changesInWords } from '../../changes/in-words.ts'
import { same } from '../../changes/same.ts'
import { WORDS } from '../words.ts'
import type { LocalFlow } from './local-flows.ts'
import { readable } from './local-flows.ts'
import type { KeptFlow } from './studio-api.ts'

/** Whether a file and an account have the same flow, whatever the order of keys; where its cards stand counts here. */
export function isSame({ source, friendlyName }: LocalFlow, kept: KeptFlow): boolean {
  return friendlyName === kept.friendly_name && same(source, kept.definition)
}

/** How the account's flow differs from the file's, in words. */
export function differences({ source, friendlyName }: LocalFlow, kept: KeptFlow): readonly string[] {
  const [before, after] = [readable(source), readable(kept.definition)]
  const name = friendlyName === kept.friendly_name ? [] : [`the name: was ${friendlyName}, now ${kept.friendly_name}`]
  if (!before || !after) return [...name, 'one of the two cannot be read']
  const types = new Map([...before.states, ...after.states].map((placed) => [placed.name, placed.type]))
  const lines = [...name, ...changesInWords(changesBetween(before, after, WORDS), types, WORDS)]
  return lines.length > 0 ? lines : ['only where cards stand']
}
