import type { z } from 'zod'
import { choice, flag, type KeyValue, keyValues, name, required, text, verbatim } from '../flow/properties.ts'
import type { Conversation } from './conversation.ts'
import type { PostMessageEffect, SendMessageEffect } from './effect.ts'
import { field } from './fields.ts'
import { isMessagingService } from './messaging-service.ts'
import { WARNING, type Warning } from './warning.ts'
import { webUrl } from './web-url.ts'
import type { Visit } from './widget.ts'

/** The properties that both message widgets have (widgets.md 3.16 and 3.17). */
export const messageProperties = {
  from: required(verbatim()).meta({ title: 'Send Message From' }),
  message_type: choice(['custom', 'content_template']).default('custom').meta({ title: 'Message type' }),
  body: text().meta({ title: 'Message body' }),
  media_url: name().meta({ title: 'Media URL' }),
  content_sid: name().meta({ title: 'Content template' }),
  content_variables: keyValues().meta({ title: 'Content variables' }),
  shorten_urls: flag().default(false).meta({ title: 'Use link shortening' }),
  service: text().meta({ title: 'Chat service' }),
  channel: text().meta({ title: 'Chat channel' }),
  attributes: text().meta({ title: 'Message attributes' }),
}

type MessageVisit = Visit<z.output<z.ZodObject<typeof messageProperties>>>

/** A message ready to be sent, or the reason why there is nothing to send. */
export type Outgoing =
  | {
      readonly ok: true
      readonly message: SendMessageEffect | PostMessageEffect
      readonly warnings: readonly Warning[]
    }
  | { readonly ok: false; readonly warnings: readonly Warning[] }

/** Makes the message that a visit asks for: one into the conversation, where the execution has one, and else one to an address, by default the contact's (widgets.md 3.16). */
export function outgoing(visit: MessageVisit, to = ''): Outgoing {
  const { conversation } = visit.execution
  return conversation ? intoConversation(visit, conversation) : toAddress(visit, to)
}

/** Everybody in the conversation gets it, whoever it is addressed to. */
function intoConversation(visit: MessageVisit, { sid, serviceSid, status }: Conversation): Outgoing {
  const { from, attributes, media_url } = visit.properties
  const author = from.trim() || visit.execution.address
  const { body, contentSid, contentVariables } = contentOf(visit)
  const content = { body, contentSid, contentVariables, attributes: attributes?.trim() || undefined }
  if (status === 'handed off') return { ok: false, warnings: [notSent('the conversation was handed off to agents')] }
  if (!body && !contentSid) return { ok: false, warnings: [notSent('it has no body and no content template')] }
  const warnings = media_url ? [NO_MEDIA] : []
  return {
    ok: true,
    message: { type: 'post-message', conversation: { sid, serviceSid }, author, ...content },
    warnings,
  }
}

const NO_MEDIA: Warning = {
  code: WARNING.unsupported,
  message: 'conversations take no media from a flow; the message goes without',
}

function toAddress(visit: MessageVisit, to: string): Outgoing {
  const address = to.trim() || visit.execution.contact
  const message = { type: 'send-message', from: senderOf(visit), to: address, ...contentOf(visit) } as const
  const flaw = flawOf(message)
  return flaw ? { ok: false, warnings: [notSent(flaw)] } : { ok: true, message, warnings: railWarnings(visit) }
}

/** The line in the log for a message that did not go out. */
export function notSent(reason: string): Warning {
  return { code: WARNING.messageNotSent, message: `the message was not sent: ${reason}` }
}

/** Short links need a Messaging Service, which Studio looks for in these places in this order. */
function senderOf({ properties, execution, context }: MessageVisit): string {
  const from = properties.from.trim() || execution.address
  if (!properties.shorten_urls) return from
  return (
    [from, execution.address, field(context.trigger.message, 'MessagingServiceSid')].find(isMessagingService) ?? from
  )
}

type Content = Pick<SendMessageEffect, 'body' | 'mediaUrl' | 'contentSid' | 'contentVariables' | 'shortenUrls'>

function contentOf({ properties }: MessageVisit): Content {
  const { message_type, body, media_url, content_sid, content_variables, shorten_urls } = properties
  const shortenUrls = shorten_urls || undefined
  if (message_type === 'custom') return { body, mediaUrl: media_url, shortenUrls }
  // real exports carry a body beside the template; Studio does not send it
  return { contentSid: content_sid, contentVariables: variablesOf(content_variables), shortenUrls }
}

/** The variables of a content template as the carrier's API takes them; some exports write the key `1` as the template does, `{{1}}`. */
function variablesOf(pairs: readonly KeyValue[] = []): string | undefined {
  if (pairs.length === 0) return undefined
  return JSON.stringify(Object.fromEntries(pairs.map(({ key, value }) => [bare(key), value])))
}

function bare(key: string): string {
  return key.trim().replace(/^\{\{\s*(.*?)\s*\}\}$/, '$1')
}

function flawOf({ from, to, body, mediaUrl, contentSid }: SendMessageEffect): string | undefined {
  if (from === '') return 'it has no sender'
  if (to === '') return 'it has no recipient'
  if (!body && !mediaUrl && !contentSid) return 'it has no body, no media and no content template'
  if (mediaUrl && !webUrl(mediaUrl)) return 'the media URL is no absolute http or https URL'
  return undefined
}

/** Programmable Chat is gone from Twilio: what names a channel of it goes out like any message. */
function railWarnings({ properties: { service, channel } }: MessageVisit): Warning[] {
  if (!service || !channel) return []
  const message = `the chat channel ${JSON.stringify(channel)} cannot be written to; the message goes to the address of the contact`
  return [{ code: WARNING.unsupported, message }]
}
