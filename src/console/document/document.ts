import type { JsonObject } from '../../flow/record.ts'
import { type Command, edited } from './commands.ts'
import { placedIn } from './placed.ts'

/** A flow while it is edited. Every edit is a command; what an edit leaves alone stays the very same. */
export interface FlowDocument {
  readonly definition: JsonObject
  /** The ids of the selected widgets. */
  readonly selection: readonly string[]
  /** As the server has it. */
  readonly saved: JsonObject
  readonly past: readonly Version[]
  readonly future: readonly Version[]
  /** What the newest edit was of, so that what is typed in one go is undone in one go. */
  readonly stroke: string | undefined
}

/** What an undo goes back to. */
export interface Version {
  readonly definition: JsonObject
  readonly selection: readonly string[]
}

/** How many edits can be undone. */
const UNDO_DEPTH = 50

/** A flow as it was loaded. */
export function opened(definition: JsonObject): FlowDocument {
  return { definition, selection: [], saved: definition, past: [], future: [], stroke: undefined }
}

/** The document after an edit; the same one where the edit changes nothing. */
export function apply(document: FlowDocument, command: Command): FlowDocument {
  const definition = edited(document.definition, command)
  if (definition === document.definition) return document
  const stroke = strokeOf(command)
  const goesOn = stroke !== undefined && stroke === document.stroke
  return {
    ...document,
    definition,
    selection: selectionAfter(command, document.selection, definition),
    past: goesOn ? document.past : [...document.past, versionOf(document)].slice(-UNDO_DEPTH),
    future: [],
    stroke,
  }
}

/** One edit back. */
export function undo(document: FlowDocument): FlowDocument {
  const version = document.past.at(-1)
  if (!version) return document
  const { past, future } = document
  return {
    ...document,
    ...version,
    past: past.slice(0, -1),
    future: [versionOf(document), ...future],
    stroke: undefined,
  }
}

/** One undone edit forward. */
export function redo(document: FlowDocument): FlowDocument {
  const [version, ...future] = document.future
  if (!version) return document
  return { ...document, ...version, past: [...document.past, versionOf(document)], future, stroke: undefined }
}

/** Other widgets selected; that is nothing to undo. */
export function select(document: FlowDocument, selection: readonly string[]): FlowDocument {
  const { selection: before } = document
  const same = selection.length === before.length && selection.every((id) => before.includes(id))
  return same ? document : { ...document, selection, stroke: undefined }
}

/** The same, now that the server has this definition. */
export function saved(document: FlowDocument, definition: JsonObject): FlowDocument {
  return { ...document, saved: definition, stroke: undefined }
}

/** Whether there is anything to save. */
export function isChanged({ definition, saved }: FlowDocument): boolean {
  return definition !== saved
}

function versionOf({ definition, selection }: FlowDocument): Version {
  return { definition, selection }
}

/** Edits of one stroke follow one another while something is typed, or moved by keys. */
function strokeOf(command: Command): string | undefined {
  switch (command.kind) {
    case 'set-property':
    case 'set-transition':
      return JSON.stringify([command.kind, command.widget, command.path])
    case 'set':
      return JSON.stringify([command.kind, command.path])
    case 'nudge':
      return JSON.stringify([command.kind, ...command.to.keys()])
    default:
      return undefined
  }
}

/** What was added is selected; what is gone no longer is; what has another name still is. */
function selectionAfter(command: Command, before: readonly string[], definition: JsonObject): readonly string[] {
  const placed = placedIn(definition)
  if (command.kind === 'add') return placed.slice(-command.widgets.length).map(({ id }) => id)
  const ids = new Set(placed.map(({ id }) => id))
  const named = command.kind === 'rename' ? before.map((id) => (id === command.widget ? command.name : id)) : before
  return named.every((id) => ids.has(id)) ? named : named.filter((id) => ids.has(id))
}
