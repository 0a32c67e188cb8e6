import { Refusal } from '../errors.ts'
import type { Form } from '../signature/signature.ts'
import { given, shortened } from './parameters.ts'
import type { Asked } from './resource.ts'

/** A stretch of a list that is sorted by time and sid, newest first. Items that are added meanwhile do not shift it. */
export interface Window {
  /** Items of a page. */
  readonly size: number
  /** Beside which item it begins; at the newest, when it is left out. */
  readonly place?: Place | undefined
}

/** A place in the list: just after an item, or just before it. */
export interface Place {
  readonly side: 'after' | 'before'
  readonly at: number
  readonly sid: string
}

/** What an item of a list is sorted by; `at` in epoch milliseconds. */
export interface Listed {
  readonly sid: string
  readonly at: number
}

/** Reads `PageSize` and `PageToken` (engine.md 8.5). */
export function windowIn(query: Form): Window {
  return { size: sizeIn(query), place: placeIn(query) }
}

const USUAL_SIZE = 50
const MOST = 1000

function sizeIn(query: Form): number {
  const text = given(query, 'PageSize')
  if (text === undefined) return USUAL_SIZE
  if (/^[1-9]\d*$/.test(text)) return Math.min(Number(text), MOST)
  throw new Refusal('invalidRequest', `PageSize is ${JSON.stringify(shortened(text))}; expected 1 to ${MOST}`)
}

function placeIn(query: Form): Place | undefined {
  const token = given(query, 'PageToken')
  if (token === undefined) return undefined
  const [, side, at, sid] = TOKEN.exec(token) ?? []
  if (at === undefined || sid === undefined)
    throw new Refusal(
      'invalidPageToken',
      `PageToken is ${JSON.stringify(shortened(token))}; expected one that was given out`,
    )
  return { side: side === 'A' ? 'after' : 'before', at: Number(at), sid }
}

const TOKEN = /^P([AB])(\d{1,15})\.([A-Za-z0-9]{1,64})$/

function tokenAt({ side, at, sid }: Place): string {
  return `P${side === 'after' ? 'A' : 'B'}${at}.${sid}`
}

/** What was fetched of a list for one page, in its order: one item more than the page shows, where there is one. */
export interface Fetched<Item> {
  readonly key: string
  readonly items: readonly Item[]
  readonly window: Window
  /** Where the search for more was broken off. */
  readonly brokeOffAt?: Listed | undefined
  listed(item: Item): Listed
  show(item: Item): object
}

/** A page in Twilio's shape; its URLs keep the filters. */
export function pageOf<Item>(asked: Asked, { key, items, window, brokeOffAt, listed, show }: Fetched<Item>) {
  const { size, place } = window
  const isBack = place?.side === 'before'
  const shown = isBack ? items.slice(-size) : items.slice(0, size)
  const [first, last] = [shown[0], shown.at(-1)].map((item) => item && listed(item))
  const isMore = items.length > size
  const number = Number(/^\d{1,9}$/.exec(given(asked.query, 'Page') ?? '')) // decoration: any other text is 0
  const after = isBack || isMore ? last : brokeOffAt
  const before = place && (!isBack || isMore) ? first : isBack ? brokeOffAt : undefined
  const next = after && { ...after, side: 'after' as const }
  const previous = before && { ...before, side: 'before' as const }
  const at = (page: number, to: Place) => urlOf(asked, { size, page: Math.max(page, 0), token: tokenAt(to) })
  return {
    [key]: shown.map(show),
    meta: {
      page: number,
      page_size: size,
      key,
      first_page_url: urlOf(asked, { size, page: 0 }),
      previous_page_url: previous ? at(number - 1, previous) : null,
      next_page_url: next ? at(number + 1, next) : null,
      url: urlOf(asked, { size, page: number, token: place && tokenAt(place) }),
    },
  }
}

/** The part of a list in memory that a page needs. */
export function cut<Item>(items: readonly Item[], listed: (item: Item) => Listed, { size, place }: Window): Item[] {
  if (!place) return items.slice(0, size + 1)
  const isOn = place.side === 'after' ? isOlder : isNewer
  const rest = items.filter((item) => isOn(listed(item), place))
  return place.side === 'after' ? rest.slice(0, size + 1) : rest.slice(-size - 1)
}

function isOlder(item: Listed, { at, sid }: Place): boolean {
  return item.at < at || (item.at === at && item.sid < sid)
}

function isNewer(item: Listed, { at, sid }: Place): boolean {
  return item.at > at || (item.at === at && item.sid > sid)
}

interface Address {
  readonly size: number
  readonly page: number
  readonly token?: string | undefined
}

function urlOf({ base, path, query }: Asked, { size, page, token }: Address): string {
  const filters = query.filter(([name]) => !/^Page(Size|Token)?$/.test(name))
  const places = [['PageSize', String(size)] as const, ['Page', String(page)] as const]
  const parameters = [...filters, ...places, ...(token === undefined ? [] : [['PageToken', token] as const])]
  return `${base}${path}?${new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))}`
}
