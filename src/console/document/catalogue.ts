/** The types of widgets as the server describes them; the page knows none by itself. */
export type Catalogue = ReadonlyMap<string, WidgetType>

/** A type of widget, in Studio's words. */
export interface WidgetType {
  readonly type: string
  readonly title: string
  readonly group: string
  readonly summary: string
  /** Drawn and edited, but no longer in the library. */
  readonly retired: boolean
  readonly exits: readonly ExitType[]
  readonly fields: readonly Field[]
}

/** An event by which a widget of a type is left. */
export interface ExitType {
  readonly event: string
  readonly title: string
}

/** A property of a type of widget, as a form shows it. */
export interface Field {
  readonly name: string
  readonly title: string
  /** How it is edited: `text`, `liquid`, `number`, `choice`, `flag`, `list`, `key-values`, `json` */
  readonly kind: string
  readonly choices?: readonly string[] | undefined
  readonly required?: boolean | undefined
  readonly default?: unknown
  readonly help?: string | undefined
  /** The JSON type that Studio's files have there. */
  readonly json?: string | undefined
}

/** Studio's name of a type; the type itself, where no server knows it. */
export function titleOf(catalogue: Catalogue, type: string): string {
  return catalogue.get(type)?.title ?? (type || 'No type')
}

/** Studio's name of an event, which depends on the type: a timeout is "No Input" here and "No Reply" there. */
export function eventTitle(catalogue: Catalogue, type: string, event: string): string {
  const known = catalogue.get(type)?.exits.find((exit) => exit.event === event)
  return known?.title ?? inWords(event)
}

/** `audioComplete` as "Audio Complete". */
function inWords(event: string): string {
  const spaced = event.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ')
  return spaced.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
}
