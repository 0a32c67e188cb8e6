import type { Message } from '../messaging/message.ts'
import { mediaTypeOf } from '../messaging/parameters.ts'
import { resourcePath } from '../resource-path.ts'
import { rfc2822 } from '../rfc2822.ts'
import { type Asked, json, type Resource } from './asked.ts'
import { messageIn } from './messages.ts'
import { page } from './page.ts'
import { notFound } from './refused.ts'

/** `Messages/SM…/Media.json`: what comes with a message. */
export const mediaList: Resource = {
  GET: (asked) => page(asked, { key: 'media_list', items: mediaOf(asked), show: (item) => item }),
}

/** `Messages/SM…/Media/ME….json`. */
export const mediaOfMessage: Resource = {
  GET(asked) {
    const found = mediaOf(asked).find(({ sid }) => sid === asked.ids.media)
    if (!found) throw notFound(asked.path)
    return json(200, found)
  },
}

function mediaOf(asked: Asked) {
  const message = messageIn(asked)
  return message.media.map((url, index) => resourceOf(message, { url, index, accountSid: asked.network.accountSid }))
}

function resourceOf(message: Message, { url, index, accountSid }: { url: string; index: number; accountSid: string }) {
  const sid = mediaSid(message.sid, index)
  return {
    sid,
    account_sid: accountSid,
    parent_sid: message.sid,
    content_type: mediaTypeOf(url),
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    uri: resourcePath(accountSid, `Messages/${message.sid}/Media/${sid}.json`),
  }
}

/** Always the same for one file of one message. */
function mediaSid(messageSid: string, index: number): string {
  return `ME${messageSid.slice(2, -2)}${index.toString(16).padStart(2, '0')}`
}
