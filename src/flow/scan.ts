/** A JSON value's place in its text, and those of what it holds, by key or index. */
export interface Located {
  readonly offset: number
  readonly children: ReadonlyMap<string, Located>
}

/** The text stops being JSON at this offset. */
export class NotJson extends Error {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Finds where each value of a JSON text stands; throws NotJson where it is none. */
export function scan(text: string): Located {
  const cursor: Cursor = { text, offset: text.startsWith('\uFEFF') ? 1 : 0, depth: 0 }
  const located = value(cursor)
  blank(cursor)
  if (cursor.offset < text.length) throw unexpected(cursor, 'the end')
  return located
}

/** Deeper texts are refused, so that no text can exhaust the stack. */
export const DEEPEST = 1000

interface Cursor {
  readonly text: string
  offset: number
  depth: number
}

function value(cursor: Cursor): Located {
  blank(cursor)
  const { offset, text } = cursor
  if (++cursor.depth > DEEPEST) throw new NotJson(`nested deeper than ${DEEPEST} levels`, offset)
  const children = text[offset] === '{' ? members(cursor) : text[offset] === '[' ? elements(cursor) : scalar(cursor)
  cursor.depth--
  return { offset, children }
}

function members(cursor: Cursor): Map<string, Located> {
  const found = new Map<string, Located>()
  list(cursor, '}', () => {
    blank(cursor)
    const key = token(cursor, STRING, 'a key in double quotes')
    symbol(cursor, ':')
    found.set(String(JSON.parse(key)), value(cursor))
  })
  return found
}

function elements(cursor: Cursor): Map<string, Located> {
  const found = new Map<string, Located>()
  list(cursor, ']', () => found.set(String(found.size), value(cursor)))
  return found
}

function list(cursor: Cursor, close: '}' | ']', item: () => void): void {
  cursor.offset++
  blank(cursor)
  while (cursor.text[cursor.offset] !== close) {
    item()
    blank(cursor)
    if (cursor.text[cursor.offset] === close) break
    symbol(cursor, ',', close)
    blank(cursor)
    if (cursor.text[cursor.offset] === close) throw unexpected(cursor, 'another item after the comma')
  }
  cursor.offset++
}

const TEXT = String.raw`"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\u0000-\u001f]*)*"`
const STRING = new RegExp(TEXT, 'y')
const SCALAR = new RegExp(String.raw`${TEXT}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null`, 'y')

function scalar(cursor: Cursor): ReadonlyMap<string, Located> {
  token(cursor, SCALAR, 'a value')
  return NONE
}

const NONE: ReadonlyMap<string, Located> = new Map()

function token(cursor: Cursor, pattern: RegExp, expected: string): string {
  pattern.lastIndex = cursor.offset
  const [found] = pattern.exec(cursor.text) ?? []
  if (found === undefined) throw unexpected(cursor, expected)
  cursor.offset += found.length
  return found
}

function symbol(cursor: Cursor, expected: ':' | ',', close?: string): void {
  blank(cursor)
  if (cursor.text[cursor.offset] !== expected)
    throw unexpected(cursor, close ? `'${expected}' or '${close}'` : `'${expected}'`)
  cursor.offset++
}

function blank(cursor: Cursor): void {
  while (' \t\r\n'.includes(cursor.text[cursor.offset] ?? 'x')) cursor.offset++
}

function unexpected({ text, offset }: Cursor, expected: string): NotJson {
  CONFLICT.lastIndex = offset
  const [mark] = CONFLICT.exec(text) ?? []
  if (mark) return new NotJson(`'${mark}' found: a merge is not finished here`, offset)
  const found = offset < text.length ? `'${text.slice(offset, offset + 1)}'` : 'the end of the text'
  return new NotJson(`${found} found, ${expected} expected`, offset)
}

/** What Git puts around the two versions of lines that it cannot merge. */
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?= |\r?$)/my
