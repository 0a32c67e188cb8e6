import { z } from 'zod'
import type { HttpRequestEffect } from '../engine/effect.ts'
import type { Fields } from '../engine/fields.ts'
import { answerFields, jsonTree, succeeded } from '../engine/http-answer.ts'
import { WARNING } from '../engine/warning.ts'
import { webUrl } from '../engine/web-url.ts'
import { ask, defineWidget, exit } from '../engine/widget.ts'
import { choice, flag, keyValues, name, required, text, verbatim } from '../flow/properties.ts'

const properties = z.object({
  method: choice(['GET', 'POST']).default('GET').meta({ title: 'Request method' }),
  url: required(verbatim()).meta({ title: 'Request URL' }),
  content_type: name().default('application/x-www-form-urlencoded;charset=utf-8').meta({ title: 'Content type' }),
  body: text().meta({ title: 'Request body' }),
  parameters: keyValues().meta({ title: 'HTTP parameters' }),
  add_twilio_auth: flag().default(false).meta({ title: 'Authenticate with Twilio' }),
})

/** Asks a web service and keeps its answer (widgets.md 3.20). */
export const makeHttpRequest = defineWidget({
  type: 'make-http-request',
  library: { title: 'Make HTTP Request', group: 'Tools', exits: { success: 'Success', failed: 'Failed' } },
  summary: 'Sends an HTTP request and keeps what was answered.',
  needs: 'anything',
  exits: ['success', 'failed'],
  onInvalid: 'failed',
  properties,

  enter({ properties }) {
    const url = webUrl(properties.url)
    if (!url) return failed(WARNING.invalidUrl, 'the URL is no absolute http or https URL')
    if (properties.add_twilio_auth && !isTwilioApi(url)) {
      return failed(
        WARNING.invalidUrl,
        `not sent: ${JSON.stringify(url.hostname)} is not Twilio's API, which alone is given the account's credentials`,
      )
    }
    return ask(requestOf(properties, url), 'http-responded')
  },

  resume(_visit, event) {
    if (event.type !== 'http-responded') return undefined
    const { outcome } = event
    if (!outcome.ok) return failed(WARNING.httpFailed, outcome.message)
    // Of the two readings in the record (objects only, or arrays too) this is the one that breaks no flow.
    const output = answerFields(outcome, jsonTree(outcome))
    if (succeeded(outcome)) return exit('success', { output })
    return failed(WARNING.httpFailed, `the request was answered with status ${outcome.status}`, output)
  },
})

type Properties = z.output<typeof properties>

/** GET, and POST with a body, have their parameters in the query; POST without a body sends them as a form, whatever its content type. */
function requestOf(
  { method, content_type, body, parameters = [], add_twilio_auth }: Properties,
  url: URL,
): HttpRequestEffect {
  const pairs = parameters.map(({ key, value }): [string, string] => [key, value])
  const target = add_twilio_auth ? withoutUserinfo(url) : url
  const request = { type: 'http-request', method, authenticate: add_twilio_auth || undefined } as const
  if (method === 'POST' && body === undefined) return { ...request, url: target.href, form: pairs }
  const asked = { ...request, url: withQuery(target, pairs).href }
  return method === 'GET' ? asked : { ...asked, contentType: content_type, body }
}

/** Adds to the query and leaves what stands there as the author wrote it. */
function withQuery(url: URL, pairs: [string, string][]): URL {
  if (pairs.length === 0) return url
  const asked = new URL(url)
  asked.search = [url.search.slice(1), new URLSearchParams(pairs).toString()].filter((part) => part !== '').join('&')
  return asked
}

/** The account's credentials take the place of those in the URL. */
function withoutUserinfo(url: URL): URL {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare
}

function isTwilioApi({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && hostname.endsWith('.twilio.com')
}

function failed(code: number, message: string, output: Fields = {}) {
  return exit('failed', { output, warnings: [{ code, message }] })
}
