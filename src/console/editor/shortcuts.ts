/** What keys do in the editor, in the order of the help. */
export const SHORTCUTS = [
  { does: 'undo', keys: ['Ctrl+Z'], says: 'Undo' },
  { does: 'redo', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], says: 'Redo' },
  { does: 'find', keys: ['Ctrl+F', 'Ctrl+K'], says: 'Find a widget' },
  { does: 'save', keys: ['Ctrl+S'], says: 'Save draft' },
  { does: 'select-all', keys: ['Ctrl+A'], says: 'Select all widgets' },
  { does: 'duplicate', keys: ['Ctrl+D'], says: 'Duplicate the selected widgets' },
  { does: 'remove', keys: ['Delete', 'Backspace'], says: 'Remove the selected widgets, or the selected connection' },
  { does: 'inspect', keys: ['Enter'], says: 'Select the widget in focus; once more: go to the inspector' },
  { does: 'choose', keys: ['Ctrl+Enter'], says: 'Add the widget in focus to the selection, or take it out' },
  { does: 'leave', keys: ['Escape'], says: 'Select nothing; leave a field' },
  { does: 'up', keys: ['ArrowUp'], says: 'Move up' },
  { does: 'down', keys: ['ArrowDown'], says: 'Move down' },
  { does: 'left', keys: ['ArrowLeft'], says: 'Move to the left' },
  { does: 'right', keys: ['ArrowRight'], says: 'Move to the right' },
  { does: 'far-up', keys: ['Shift+ArrowUp'], says: 'Move far up' },
  { does: 'far-down', keys: ['Shift+ArrowDown'], says: 'Move far down' },
  { does: 'far-left', keys: ['Shift+ArrowLeft'], says: 'Move far to the left' },
  { does: 'far-right', keys: ['Shift+ArrowRight'], says: 'Move far to the right' },
  { does: 'tidy', keys: ['Shift+Alt+T'], says: 'Tidy up' },
  { does: 'fit', keys: ['0', 'Shift+1'], says: 'Show the whole flow' },
  { does: 'zoom-in', keys: ['+', '='], says: 'Zoom in' },
  { does: 'zoom-out', keys: ['-'], says: 'Zoom out' },
  { does: 'help', keys: ['?'], says: 'Show this help' },
] as const

/** Something that a key does. */
export type Doing = (typeof SHORTCUTS)[number]['does']

/** Keys that also count while something is typed. */
const EVERYWHERE: ReadonlySet<Doing> = new Set(['find', 'save', 'leave'])

/** What of a key press is looked at. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** What a key press does; nothing, where it is part of a text that is typed into a field. */
export function doingOf(press: KeyPress, where: 'field' | 'canvas'): Doing | undefined {
  const names = namesOf(press)
  const known = SHORTCUTS.find(({ keys }) => keys.some((key) => names.includes(key)))?.does
  return known && (where === 'canvas' || EVERYWHERE.has(known)) ? known : undefined
}

/** Shift is told by a letter or an arrow, but is part of `?` and `+`; on other keyboards it is the digit that counts. */
function namesOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): readonly string[] {
  const before = `${ctrlKey || metaKey ? 'Ctrl+' : ''}${shiftKey ? 'Shift+' : ''}${altKey ? 'Alt+' : ''}`
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  const named = [key.length === 1 ? key.toUpperCase() : key, letter, digit].filter((name) => name !== undefined)
  const isBare = !ctrlKey && !metaKey && !altKey
  return [...named.map((name) => before + name), ...(isBare && key.length === 1 ? [key] : [])]
}
