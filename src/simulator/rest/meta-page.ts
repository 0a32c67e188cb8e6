import { type Asked, json, type RestAnswer } from './asked.ts'
import { whole } from './parameters.ts'

/** One page of a list, in the envelope of the newer APIs; `key` is what the list is called. */
export function metaPage<Item>(
  { network, path, query }: Pick<Asked, 'network' | 'path' | 'query'>,
  { key, items, show }: { readonly key: string; readonly items: readonly Item[]; show(item: Item): unknown },
): RestAnswer {
  const size = whole(query, 'PageSize', { least: 1, most: 1_000, code: 20007 }) ?? 50
  const number = whole(query, 'Page', { least: 0, most: Number.MAX_SAFE_INTEGER }) ?? 0
  const start = number * size
  const filters = query.filter(([name]) => !name.startsWith('Page'))
  const urlOf = (which: number) => {
    const parameters = [...filters, ['PageSize', String(size)] as const, ['Page', String(which)] as const]
    return `${network.restUrl}${path}?${new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))}`
  }
  return json(200, {
    meta: {
      key,
      page: number,
      page_size: size,
      first_page_url: urlOf(0),
      previous_page_url: number > 0 ? urlOf(number - 1) : null,
      url: urlOf(number),
      next_page_url: start + size < items.length ? urlOf(number + 1) : null,
    },
    [key]: items.slice(start, start + size).map(show),
  })
}
