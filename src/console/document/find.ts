import { isObject } from '../../flow/record.ts'
import { titleOf } from '../../picture/words.ts'
import type { Catalogue } from './catalogue.ts'
import type { Placed } from './placed.ts'

/** A widget in which something was found, with the text around it where that is not the name. */
export interface Found {
  readonly placed: Placed
  readonly excerpt: string | undefined
}

/** The widgets that have every word in their name, their type or any text of theirs; those with it in their name come first. */
export function find(all: readonly Placed[], query: string, catalogue: Catalogue): readonly Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = all.flatMap((placed) => {
    const heading = `${placed.name} ${placed.type} ${titleOf(catalogue, placed.type)}`.toLowerCase()
    const texts = textsOf(placed.json)
    const missing = words.filter((word) => !heading.includes(word))
    if (!missing.every((word) => texts.some((text) => text.toLowerCase().includes(word)))) return []
    return [{ placed, excerpt: missing[0] === undefined ? undefined : excerptOf(texts, missing[0]) }]
  })
  return [
    ...found.filter(({ excerpt }) => excerpt === undefined),
    ...found.filter(({ excerpt }) => excerpt !== undefined),
  ]
}

/** Characters shown before what was found, and after it. */
const AROUND = 30

function excerptOf(texts: readonly string[], word: string): string {
  const text = texts.find((one) => one.toLowerCase().includes(word)) ?? ''
  const start = text.toLowerCase().indexOf(word)
  const from = Math.max(0, start - AROUND)
  const cut = text.slice(from, start + word.length + AROUND).replace(/\s+/g, ' ')
  return `${from > 0 ? '…' : ''}${cut}${start + word.length + AROUND < text.length ? '…' : ''}`
}

function textsOf(json: unknown): readonly string[] {
  if (typeof json === 'string') return [json]
  if (Array.isArray(json)) return json.flatMap(textsOf)
  return isObject(json) ? Object.values(json).flatMap(textsOf) : []
}
