import { createContext, useContext } from 'react'
import type { JsonObject } from '../../flow/record.ts'
import type { Positions } from '../../picture/drawable.ts'
import type { KeptFlow, Saving } from '../ask/flows.ts'
import type { Catalogue } from '../document/catalogue.ts'
import type { Command } from '../document/commands.ts'
import type { FlowDocument } from '../document/document.ts'
import type { Offset } from '../document/placed.ts'
import type { Problem } from '../document/problem.ts'

/** A flow while it is edited, and all that can be done with it. */
export interface Editor {
  /** The flow as the server has it. */
  readonly flow: KeptFlow
  readonly document: FlowDocument
  readonly catalogue: Catalogue
  readonly positions: Positions
  /** What is wrong in it, as far as the server has said. */
  readonly problems: readonly Problem[]
  /** What is given out: the very file, as long as nothing is edited. */
  readonly exported: JsonObject
  /** What went wrong outside of any dialog. */
  readonly trouble: unknown
  tell(trouble: unknown): void
  run(command: Command): void
  undo(): void
  redo(): void
  select(ids: readonly string[]): void
  /** Selects a widget and brings it into view. */
  reveal(id: string): void
  /** Lays all cards out anew. */
  tidyUp(): Promise<void>
  /** Adds a widget of a type, there, or in the middle of what is seen. */
  add(type: string, at?: Offset): void
  /** Keeps the definition on the server; throws `Refused`. */
  save(status: Saving['status'], commitMessage?: string): Promise<void>
}

/** The editor that the parts of the page share. */
export const EditorContext = createContext<Editor | undefined>(undefined)

/** The editor around a part of the page. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('this part belongs inside an editor')
  return editor
}
