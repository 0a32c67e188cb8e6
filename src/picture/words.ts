/** Studio's words for the types of widgets and their exits, by type. */
export type Words = ReadonlyMap<string, TypeWords>

/** A type of widget, in Studio's words. */
export interface TypeWords {
  readonly title: string
  /** Its group in the widget library. */
  readonly group: string
  /** The events by which it is left. */
  readonly exits: readonly ExitWords[]
}

interface ExitWords {
  readonly event: string
  readonly title: string
}

/** Studio's name of a type; the type itself, where nobody knows it. */
export function titleOf(words: Words, type: string): string {
  return words.get(type)?.title ?? (type || 'No type')
}

/** Studio's name of an event, which depends on the type: a timeout is "No Input" here and "No Reply" there. */
export function eventTitle(words: Words, type: string, event: string): string {
  const known = words.get(type)?.exits.find((exit) => exit.event === event)
  return known?.title ?? inWords(event)
}

/** `audioComplete` as "Audio Complete". */
function inWords(event: string): string {
  const spaced = event.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ')
  return spaced.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
}
