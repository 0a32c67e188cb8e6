import { type LintedFlow, spotsOf } from './linted-flow.ts'
import { type Example, type Found, type Rule, widgets } from './rule.ts'

/** Properties that hold URLs, of whatever widget: `url`, `play`, `media_url`, `waitUrl` and their like. */
const URL_PROPERTY = /^(?:url|play)$|_url$|Url$/

export const plusInUrl: Rule = {
  id: 'plus-in-url',
  summary: 'A value in the query of a URL begins with a literal `+`.',
  gravities: ['warning'],
  why: 'In a query a `+` is a blank: the number arrives without its `+`, as " 15550100".',
  bad: request('https://example.com/lookup?number=+15550100'),
  good: request('https://example.com/lookup?number=%2B15550100'),

  find: ({ definition }) =>
    spotsOf(definition).flatMap(({ widget, path }) =>
      Object.entries(widget.properties).flatMap(([key, value]) => {
        if (typeof value !== 'string' || !URL_PROPERTY.test(key)) return []
        return plusesIn(value).map((offset): Found => {
          const message = `a '+' begins a value in the query of ${key}: it arrives as a blank`
          return { path: path('properties', key), offset, widget: widget.name, message, hint: "write '%2B'" }
        })
      }),
    ),
}

export const unencodedInUrl: Rule = {
  id: 'unencoded-in-url',
  summary: 'A phone number is put into the query of a URL as it is.',
  gravities: ['warning'],
  why: 'Nothing is encoded when a URL is filled, and in a query the `+` of the number is a blank: it arrives as " 15550100".',
  bad: request('https://example.com/lookup?number={{contact.channel.address}}'),
  good: request('https://example.com/lookup?number={{contact.channel.address | url_encode}}'),

  find: ({ templates }: LintedFlow) =>
    templates.flatMap(({ widget, path, property, text, references: { reads } }) => {
      if (property === undefined || !URL_PROPERTY.test(property)) return []
      return reads.flatMap(({ path: variable, offset, filters, isTested }) => {
        if (isTested || !isNumber(variable) || !inQuery(text, offset) || filters.some(saves)) return []
        const message = `${variable.join('.')} is put into the query of ${property} as it is: its '+' arrives as a blank`
        return [{ path, offset, widget: widget.name, message, hint: 'add the filter url_encode' }]
      })
    }),
}

function request(url: string): Example {
  return widgets(
    `{ "name": "look_up", "type": "make-http-request", "properties": { "method": "GET", "url": "${url}" },\n  "transitions": [] }`,
  )
}

/** Where a value begins with a plus; inside a template it would be none. */
function plusesIn(url: string): number[] {
  const blanked = url.replaceAll(/\{\{.*?\}\}|\{%.*?%\}/gs, (inside) => 'x'.repeat(inside.length))
  return [...blanked.matchAll(/(?<=\?[^#]*=)\+/g)].map(({ index }) => index)
}

function inQuery(url: string, offset: number): boolean {
  return url.slice(0, offset).includes('?')
}

/** Whether the path leads to what is a phone number as a rule. */
function isNumber(path: readonly (string | undefined)[]): boolean {
  const [root] = path
  const last = path.at(-1)
  if (root === 'contact' || root === 'flow') return path.slice(1).join('.') === 'channel.address'
  return (root === 'trigger' || root === 'widgets') && /^(?:From|To|Caller|Called|from|to)$/.test(last ?? '')
}

/** Filters that encode the plus, or take it away. */
function saves(filter: string): boolean {
  return /^(?:url_encode|replace|replace_first|remove|remove_first|slice|split)$/.test(filter)
}
