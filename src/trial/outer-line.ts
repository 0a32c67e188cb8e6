import { type HttpClientSettings, httpClient } from '../runtime/performers/http-request.ts'
import { askedUrl, type Line } from '../simulator/line/line.ts'
import { fault } from '../simulator/problem.ts'

/** A line to the servers of others, for documents and what is played. It reaches only what HTTP requests of flows reach, because whoever tries a flow sees what is answered. */
export interface OuterLine extends Line {
  close(): Promise<void>
}

/** Opens it with the settings that HTTP requests of flows have. */
export function outerLine(settings: HttpClientSettings): OuterLine {
  const documents = httpClient(settings)
  const media = httpClient({ ...settings, maxBytes: MOST_OF_MEDIA })
  return {
    async ask(request) {
      const { method, params, wants } = request
      const url = askedUrl(request) ?? request.url
      const client = wants === 'media' ? media : documents
      const outcome = await client.request({ method, url, ...(method === 'POST' && { form: Object.entries(params) }) })
      if (!outcome.ok) return fault(11205, `${url} cannot be reached: ${outcome.message}`)
      const { status, contentType, body } = outcome
      return wants === 'media' ? { status, contentType, body: '', url } : { status, contentType, body, url }
    },
    async close() {
      await Promise.all([documents.close(), media.close()])
    },
  }
}

/** A quarter of an hour of music. */
const MOST_OF_MEDIA = 16 * 1024 * 1024
