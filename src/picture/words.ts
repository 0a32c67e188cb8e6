import type { Widget } from '../engine/widget.ts'

/** Studio's words for the types of widgets and their exits, by type. */
export type Words = ReadonlyMap<string, Pick<Widget, 'library' | 'exits'>>

/** Studio's name of a type; the type itself, where nobody knows it. */
export function titleOf(words: Words, type: string): string {
  return words.get(type)?.library.title ?? type
}

/** Studio's name of an event, which depends on the type: a timeout is "No Input" here and "No Reply" there. */
export function eventTitle(words: Words, type: string, event: string): string {
  return words.get(type)?.library.exits[event] ?? inWords(event)
}

/** `audioComplete` as "Audio Complete". */
function inWords(event: string): string {
  const spaced = event.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ')
  return spaced.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
}
