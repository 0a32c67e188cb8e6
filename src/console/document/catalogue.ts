import type { TypeWords } from '../../picture/words.ts'

/** The types of widgets as the server describes them; the page knows none by itself. */
export type Catalogue = ReadonlyMap<string, WidgetType>

/** A type of widget, in Studio's words. */
export interface WidgetType extends TypeWords {
  readonly type: string
  readonly summary: string
  /** Drawn and edited, but no longer in the library. */
  readonly retired: boolean
  readonly fields: readonly Field[]
}

/** A property of a type of widget, as a form shows it. */
export interface Field {
  readonly name: string
  readonly title: string
  /** How it is edited: `text`, `liquid`, `number`, `choice`, `flag`, `list`, `key-values`, `json` */
  readonly kind: string
  readonly choices?: readonly string[] | undefined
  /** Whether templates may stand in it. */
  readonly liquid: boolean
  readonly required?: boolean | undefined
  readonly default?: unknown
  readonly help?: string | undefined
  /** The JSON type that Studio's files have there. */
  readonly json?: string | undefined
}
