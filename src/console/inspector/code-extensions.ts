import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder as shownWhileEmpty } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import type { CodeEditorProps } from './code-editor.tsx'
import type { Completion } from './completions.ts'
import { flawMarks } from './flaw-marks.ts'
import { json, liquid } from './languages.ts'

/** What an editor of a language can do. */
export function extensionsOf(
  { label, language, placeholder }: Pick<CodeEditorProps, 'label' | 'language' | 'placeholder'>,
  completions: () => readonly Completion[],
): Extension {
  return [
    shownWhileEmpty(placeholder ?? ''),
    EditorView.cspNonce.of(document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.lineWrapping,
    StreamLanguage.define(language === 'json' ? json : liquid),
    syntaxHighlighting(classHighlighter),
    bracketMatching(),
    history(),
    flawMarks(),
    autocompletion({ override: [(context) => completed(context, completions())], icons: false }),
    keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
  ]
}

/** Inside a template, the variables that begin as what stands before the caret does. */
function completed(context: CompletionContext, completions: readonly Completion[]): CompletionResult | null {
  const before = context.state.sliceDoc(0, context.pos)
  const opens = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'))
  if (opens < 0 || before.indexOf('}}', opens) >= 0 || before.indexOf('%}', opens) >= 0) return null
  const word = context.matchBefore(/[\w.-]*/)
  if (!word || (word.from === word.to && !context.explicit && !before.endsWith('{{'))) return null
  return {
    from: word.from,
    options: completions.map(({ path, says }) => ({ label: path, detail: says })),
    validFor: /^[\w.-]*$/,
  }
}
