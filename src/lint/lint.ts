import type { FlowDefinition } from '../flow/definition.ts'
import { type Position, parseFlowText, positionsIn } from '../flow/file.ts'
import { importFlow } from '../flow/import.ts'
import { type Finding, type Issue, type Judging, judged } from '../flow/issue.ts'
import { textFrom } from '../flow/readings.ts'
import { own } from '../flow/record.ts'
import { type Sliced, straight } from '../flow/straight.ts'
import type { WidgetCatalogue } from '../flow/validate.ts'
import { type KnownFlows, lintedFlow, spotsOf } from './linted-flow.ts'
import { rules } from './rules.ts'
import { isSid } from './sids.ts'

/** A flow file as it was read. */
export interface FlowFile {
  /** How it is named in problems: its path. */
  readonly file: string
  readonly text: string
  /** The flow sid that it has when it names none itself. */
  readonly sid: string
}

/** Everything that is judged together, so that flows can call one another. */
export interface FlowFiles {
  readonly files: readonly FlowFile[]
  /** Flow sids that are pinned, whether or not their files are here. */
  readonly pinned: readonly string[]
  /** Function sids that stand for a function here. */
  readonly functions?: readonly string[] | undefined
}

/** A problem and where it stands. */
export interface Problem extends Issue, Position {
  readonly file: string
}

/** Every problem of these files: file by file, from top to bottom. */
export function problemsOf(all: FlowFiles, catalogue: WidgetCatalogue, judging: Judging = {}): Problem[] {
  const opened = all.files.map((file) => open(file, catalogue, judging))
  const known = knownFlows(all, opened)
  return opened.flatMap((one) => {
    const found = one.definition ? straight(lint(one.definition, catalogue, known)) : []
    const issues = [...one.issues, ...judged(found, judging)]
    const position = positionsIn(one.text)
    const placed = issues.map((issue) => ({ file: one.file, ...position(issue.path, issue.offset), ...issue }))
    return placed.sort((a, b) => a.line - b.line || a.column - b.column)
  })
}

/** A flow that was read to be judged. */
export interface ReadFlow {
  readonly issues: readonly Issue[]
  /** Where its structure could be read. */
  readonly definition: FlowDefinition | undefined
}

/** Reads a bare definition or a REST export to judge it. */
export function readFlow(json: unknown, catalogue: WidgetCatalogue, judging: Judging = {}): ReadFlow {
  const flow = importFlow(json, catalogue, judging)
  return { issues: flow.issues, definition: 'definition' in flow ? flow.definition : flow.readable }
}

/** Every problem of one flow among those that it can call. */
export function* issuesOf(
  { issues, definition }: ReadFlow,
  catalogue: WidgetCatalogue,
  known: KnownFlows,
): Sliced<readonly Issue[]> {
  return [...issues, ...(definition ? judged(yield* lint(definition, catalogue, known), {}) : [])]
}

/** The sids of the flows that a flow runs. */
export function calledBy({ definition }: ReadFlow): readonly string[] {
  const spots = definition ? spotsOf(definition, 'run-subflow') : []
  return [...new Set(spots.map(({ widget }) => textFrom(widget.properties.flow_sid) ?? ''))]
}

/** What the rules beyond the schema find in a definition. */
function* lint(definition: FlowDefinition, catalogue: WidgetCatalogue, known: KnownFlows): Sliced<Finding[]> {
  const flow = yield* lintedFlow(definition, catalogue, known)
  const findings: Finding[] = []
  for (const { id, find } of rules) {
    for (const found of find(flow)) findings.push({ gravity: 'warning', rule: id, ...found })
    yield
  }
  return findings
}

interface Opened extends FlowFile, ReadFlow {}

function open(file: FlowFile, catalogue: WidgetCatalogue, judging: Judging): Opened {
  const parsed = parseFlowText(file.text)
  if ('issue' in parsed) return { ...file, issues: [parsed.issue], definition: undefined }
  const exported = own(parsed.json, 'sid')
  const sid = isSid(exported, ['FW']) ? exported : file.sid
  return { ...file, sid, ...readFlow(parsed.json, catalogue, judging) }
}

function knownFlows({ files, pinned, functions }: FlowFiles, opened: readonly Opened[]): KnownFlows {
  return {
    flows: new Map([
      ...pinned.map((sid) => [sid, undefined] as const),
      ...opened.map(({ sid, definition }) => [sid, definition] as const),
    ]),
    functions: new Set(functions),
    isComplete: files.length > 1 || pinned.length > 0,
  }
}
