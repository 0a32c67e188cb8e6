import type { Hook, StatusCallback } from '../webhooks.ts'
import { methodOf } from './attributes.ts'
import { absolute } from './destination.ts'
import type { Document } from './document.ts'
import type { Element } from './element.ts'

/** The hook that two attributes make; one whose URL is none was told of when the document was read, and is left out. */
export function hookOf({ attributes }: Element, { url, method }: Named, { document }: Place): Hook | undefined {
  const text = attributes[url]?.trim() ?? ''
  const target = text === '' ? undefined : absolute(text, document.base)
  return typeof target === 'string' ? { url: target, method: methodOf(method && attributes[method]) } : undefined
}

/** The names of two attributes. */
interface Named {
  readonly url: string
  /** Left out, the method is POST. */
  readonly method?: string
}

/** Where an element stands. */
interface Place {
  readonly document: Document
}

/** The hook of `statusCallback` and `statusCallbackMethod`, or of attributes that are named in the same way. */
export function callbackOf(element: Element, name: string, place: Place): Hook | undefined {
  return hookOf(element, { url: name, method: `${name}Method` }, place)
}

/** A callback with the events that `statusCallbackEvent` or the like lists; without a list, it is told of the end. */
export function statusCallbackOf(element: Element, name: string, place: Place): StatusCallback | undefined {
  const hook = callbackOf(element, name, place)
  const { [`${name}Event`]: events = 'completed' } = element.attributes
  return hook && { ...hook, events: events.trim().split(/\s+/) }
}
