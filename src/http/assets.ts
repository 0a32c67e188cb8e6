import { basename, dirname, extname } from 'node:path'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../errors.ts'
import type { Resource } from '../functions/resource.ts'
import { failAsJson } from './fail.ts'

/** Answers with a file, with the part of it that was asked for, or with 304 where it has not changed (functions-flex.md C). */
export function sendAsset(reply: FastifyReply, { file, visibility }: Resource): FastifyReply {
  if (visibility === 'public') reply.header('access-control-allow-origin', '*')
  reply.header('cache-control', CACHING[visibility])
  const type = OF_PHONES[extname(file).toLowerCase()]
  if (type !== undefined) reply.type(type)
  return reply.sendFile(basename(file), dirname(file), { cacheControl: false, contentType: type === undefined })
}

/** Recordings that the carrier plays, but whose types the web does not know (twiml.md 4.2). */
const OF_PHONES: Readonly<Record<string, string>> = { '.gsm': 'audio/x-gsm', '.ulaw': 'audio/ulaw' }

/** Whoever keeps a public asset asks whether it is still the same; a protected one was for that request alone. */
const CACHING = {
  public: 'public, max-age=0, must-revalidate',
  protected: 'private, no-store',
  private: 'private, no-store',
} as const

/** Answers that a file does not have the range, or the version, that was asked for; every other error as elsewhere. */
export function failAsFile(
  error: (FastifyError & { readonly headers?: Record<string, string> }) | Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (!('statusCode' in error)) return failAsJson(error, request, reply)
  const { statusCode, headers = {} } = error
  if (statusCode !== 416 && statusCode !== 412) return failAsJson(error, request, reply)
  return reply.code(statusCode).headers(headers).send() // Content-Range says how much there is
}
