import { readFile } from 'node:fs/promises'
import { parse } from 'node:path'
import type { FlowDefinition } from '../flow/definition.ts'
import { type Position, parseFlowText, positionsIn } from '../flow/file.ts'
import { importFlow } from '../flow/import.ts'
import type { Issue } from '../flow/issue.ts'
import { own } from '../flow/record.ts'
import { whyUnreadable } from '../unreadable.ts'
import { catalogue } from '../widgets/index.ts'

/** A flow of a file, to be looked at: it need not run. */
export interface ReadFlow {
  readonly name: string
  /** The sid of a REST export. */
  readonly sid: string | undefined
  readonly definition: FlowDefinition
}

/** Thrown when a file holds no flow; the message says where and why. */
export class UnreadableFlow extends Error {
  override readonly name = 'UnreadableFlow'
}

/** Reads a flow file whose structure can be made out, whatever else is wrong with it; throws `UnreadableFlow`. */
export async function readFlow(file: string): Promise<ReadFlow> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UnreadableFlow(`${file} cannot be read: ${whyUnreadable(error)}`)
  })
  const parsed = parseFlowText(text)
  if ('issue' in parsed) throw new UnreadableFlow(line(file, parsed.issue, parsed.issue))
  const flow = importFlow(parsed.json, catalogue)
  const definition = 'definition' in flow ? flow.definition : flow.readable
  if (!definition) throw new UnreadableFlow(why(file, text, flow.issues))
  const [name = parse(file).name, sid] = ['friendly_name', 'sid'].map((key) => textOf(own(parsed.json, key)))
  return { name, sid, definition }
}

function why(file: string, text: string, issues: readonly Issue[]): string {
  const position = positionsIn(text)
  const errors = issues.filter(({ severity }) => severity === 'error')
  return errors.map((issue) => line(file, position(issue.path), issue)).join('\n')
}

function line(file: string, { line: row, column }: Position, { message }: Pick<Issue, 'message'>): string {
  return `${file}:${row}:${column} ${message}`
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
