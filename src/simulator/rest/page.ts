import type { Form } from '../../signature/signature.ts'
import { type Asked, json, type RestAnswer } from './asked.ts'
import { one, whole } from './parameters.ts'
import { invalid } from './refused.ts'

/** One page of a list, in the envelope of the API of 2010; `key` is what the list is called. */
export function page<Item>(
  { path, query }: Pick<Asked, 'path' | 'query'>,
  { key, items, show }: { readonly key: string; readonly items: readonly Item[]; show(item: Item): unknown },
): RestAnswer {
  const size = whole(query, 'PageSize', { least: 1, most: 1_000, code: 20007 }) ?? 50
  const number = whole(query, 'Page', { least: 0, most: Number.MAX_SAFE_INTEGER }) ?? 0
  const start = number * size
  const shown = items.slice(start, start + size)
  const uriOf = (which: number) => `${path}?${queryOf([...filters(query), ...paging(size, which)])}`
  return json(200, {
    [key]: shown.map(show),
    page: number,
    page_size: size,
    start,
    end: Math.max(start + shown.length - 1, 0),
    uri: uriOf(number),
    first_page_uri: uriOf(0),
    next_page_uri: start + size < items.length ? uriOf(number + 1) : null,
    previous_page_uri: number > 0 ? uriOf(number - 1) : null,
  })
}

function paging(size: number, page: number): Form {
  return [
    ['PageSize', String(size)],
    ['Page', String(page)],
  ]
}

function queryOf(form: Form): string {
  return new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString()
}

function filters(query: Form): Form {
  return query.filter(([name]) => !name.startsWith('Page'))
}

/** What a filter such as `StartTime`, a day, with its bounds `StartTime<` and `StartTime>`, makes of times in epoch milliseconds. */
export function within(query: Form, name: string): (time: number | undefined) => boolean {
  const day = timeIn(query, name)
  const [before, after] = [timeIn(query, `${name}<`), timeIn(query, `${name}>`)]
  if (day === undefined && before === undefined && after === undefined) return () => true
  return (time) => {
    if (time === undefined) return false
    const isThatDay = day === undefined || dateOf(day) === dateOf(time)
    return isThatDay && time <= (before ?? time) && time >= (after ?? time)
  }
}

function timeIn(query: Form, name: string): number | undefined {
  const text = one(query, name)
  if (text === undefined) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw invalid(20001, `${name} is ${JSON.stringify(text)}; expected a date such as 2026-11-25`)
  return time
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** Whether a filter is left out, or is this. */
export function isWanted(query: Form, name: string, value: string | undefined): boolean {
  const wanted = one(query, name)
  return wanted === undefined || wanted === value
}
