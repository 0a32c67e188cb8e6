import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { Flaw } from './flaws.ts'

/** Tells an editor what is wrong in its text now. */
export const setFlaws = StateEffect.define<readonly Flaw[]>()

/** Underlines what is wrong; while somebody types, the lines stay under the words that they are about. */
export function flawMarks(): Extension {
  return [
    StateField.define<DecorationSet>({
      create: () => Decoration.none,
      update: (marks, { changes, effects }) =>
        effects.reduce((before, effect) => (effect.is(setFlaws) ? marksOf(effect.value) : before), marks.map(changes)),
      provide: (field) => [
        EditorView.decorations.from(field),
        EditorView.contentAttributes.from(field, (marks) => ({ 'aria-invalid': String(marks.size > 0) })),
      ],
    }),
  ]
}

function marksOf(flaws: readonly Flaw[]): DecorationSet {
  const marks = flaws.map(({ from, to, severity, says }) =>
    Decoration.mark({ class: `flaw ${severity}`, attributes: { title: says } }).range(from, to),
  )
  return Decoration.set(marks, true)
}
