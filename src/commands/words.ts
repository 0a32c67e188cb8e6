import { libraryWords } from '../engine/library-words.ts'
import type { Words } from '../picture/words.ts'
import { widgets } from '../widgets/index.ts'

/** Studio's words for every type of widget that there is. */
export const WORDS: Words = new Map(widgets.map((widget) => [widget.type, libraryWords(widget)]))
