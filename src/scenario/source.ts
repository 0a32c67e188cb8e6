import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isPair,
  LineCounter,
  type Node,
  type ParsedNode,
  parseAllDocuments,
  type ScalarTag,
  type Tags,
} from 'yaml'
import type { Position } from '../flow/file.ts'

/** One document of a YAML or JSON file: what it holds, and where everything in it stands. */
export interface Source {
  readonly file: string
  readonly value: unknown
  /** Where the value at a path stands, or the nearest thing around it that exists. */
  at(path: Path): Position
  has(path: Path): boolean
  /** Where the key at a path stands. */
  keyAt(path: Path): Position
  /** What makes it no YAML; empty where it is fine. */
  readonly faults: readonly Fault[]
}

export type Path = readonly PropertyKey[]

/** A problem with its place. */
export interface Fault {
  readonly position: Position
  readonly message: string
}

/** The documents of a text; JSON is YAML too. */
export function sourcesIn(file: string, text: string): readonly Source[] {
  const lines = new LineCounter()
  const customTags = file.endsWith('.json') ? null : plainNumbers
  const documents = [parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, customTags })].flat()
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  return documents
    .filter((document) => document.contents !== null || document.errors.length > 0)
    .map((document) => ({
      file,
      value: contentOf(document),
      at: (path) => position(startOf(nodeAt(document, path))),
      has: (path) => document.hasIn(path),
      keyAt: (path) => position(startOf(keyAt(document, path) ?? nodeAt(document, path))),
      faults: document.errors
        .slice(0, MOST_FAULTS)
        .map(({ pos: [offset], code, message }) => ({ position: position(offset), message: message + hintFor(code) })),
    }))
}

/** YAML's own words for the slips that are made most do not say what to do. */
function hintFor(code: ErrorCode): string {
  if (code === 'BAD_ALIAS') return '; a text that begins with * needs quotes'
  if (code !== 'BLOCK_AS_IMPLICIT_KEY') return ''
  return '; a text with ": " in it needs quotes, and keys that belong together the same indentation'
}

/** What is said of a text after its first faults is mostly a consequence of them. */
const MOST_FAULTS = 3

/** `+15550001` and `007` are no numbers here: a leading + or 0 belongs to a text that has not been put in quotes. */
function plainNumbers(tags: Tags): Tags {
  return tags.map((tag) => (isInteger(tag) ? { ...tag, test: /^-?(?:0|[1-9]\d{0,14})$/ } : tag))
}

function isInteger(tag: Tags[number]): tag is ScalarTag {
  return typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:int' && !('format' in tag && tag.format)
}

function contentOf(document: Document.Parsed): unknown {
  try {
    return document.toJS()
  } catch {
    return undefined // an alias of nothing; told among the faults
  }
}

function nodeAt(document: Document.Parsed, path: Path): Node | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node)) return node
  }
  return document.contents
}

function keyAt(document: Document.Parsed, path: Path): Node | undefined {
  const around = document.getIn(path.slice(0, -1), true)
  const pair = isMap<ParsedNode>(around) ? around.items.find(({ key }) => keyText(key) === path.at(-1)) : undefined
  return isPair(pair) && isNode(pair.key) ? pair.key : undefined
}

function keyText(key: unknown): unknown {
  return isNode(key) ? key.toString() : key
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0
}
