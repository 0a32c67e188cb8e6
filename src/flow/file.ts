import { depthOf } from './depth.ts'
import { type Issue, keysIn } from './issue.ts'
import { offsetAt } from './located.ts'
import { DEEPEST, NotJson, scan } from './scan.ts'

/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** What a JSON text holds, or why and where it is no JSON. */
export type FlowText = { readonly json: unknown } | { readonly issue: Issue & Position }

/** Reads the text of a flow file; a byte order mark before it is skipped. */
export function parseFlowText(text: string): FlowText {
  try {
    if (depthOf(text) >= DEEPEST) scan(text) // takes ten times as long, so it only judges what may be too deep
    return { json: JSON.parse(withoutMark(text)) }
  } catch {
    const { message, position } = fault(text) // the JavaScript engine's own message gives no line
    return { issue: { severity: 'error', rule: 'not-json', path: '#', message, ...position } }
  }
}

/**
 * Where the value at an issue's path stands, or the nearest thing around it that exists; in a text that is no JSON,
 * where it stops being it. In a REST export paths begin at its definition; all of a definition that is a text itself
 * has the place of that text.
 */
export function positionOf(text: string, path: string): Position {
  return positionsIn(text)(path)
}

/** `positionOf` for many places of one text, which is gone through once; an offset leads into the text at the path. */
export function positionsIn(text: string): (path: string, offset?: number) => Position {
  const lines = lineStarts(text)
  try {
    const root = scan(text)
    const definition = root.children.get('states') ? undefined : root.children.get('definition')
    return (path, offset) => positionAt(lines, offsetAt({ text, root: definition ?? root, path: keysIn(path), offset }))
  } catch {
    const { position } = fault(text)
    return () => position
  }
}

/** A text without the byte order mark that editors of Windows put before it. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function fault(text: string): { readonly message: string; readonly position: Position } {
  try {
    scan(text)
  } catch (cause) {
    if (cause instanceof NotJson)
      return { message: cause.message, position: positionAt(lineStarts(text), cause.offset) }
  }
  return { message: 'the text is no JSON', position: { line: 1, column: 1 } }
}

function positionAt(lines: readonly number[], offset: number): Position {
  const line = lines.findLastIndex((start) => start <= offset)
  return { line: line + 1, column: offset - (lines[line] ?? 0) + 1 }
}

/** The offset at which each line begins. */
function lineStarts(text: string): number[] {
  const first = text.startsWith('\uFEFF') ? 1 : 0
  return [first, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index, 0: end }) => index + end.length)]
}
