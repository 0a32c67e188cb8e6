import type { JsonPath } from '../document/json.ts'
import type { Placed } from '../document/placed.ts'
import { placedIn } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { CodeEditor, type CodeEditorProps } from './code-editor.tsx'
import { completionsFor } from './completions.ts'
import { useProblemsOf } from './use-problems-of.ts'

interface LiquidEditorProps extends Omit<CodeEditorProps, 'completions' | 'problems'> {
  readonly placed: Placed
  /** Where in the widget the text stands. */
  readonly path: JsonPath
}

/** A text of a widget with templates in it: it offers what they can read there, and underlines what is wrong. */
export function LiquidEditor({ placed, path, ...rest }: LiquidEditorProps) {
  const { document, catalogue } = useEditor()
  const completions = completionsFor(placed, placedIn(document.definition), catalogue)
  return <CodeEditor {...rest} completions={completions} problems={useProblemsOf(placed, path)} />
}
