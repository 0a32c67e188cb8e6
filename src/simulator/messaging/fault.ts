import { fault, type Problem } from '../problem.ts'
import { isRecipient, isSender } from './addresses.ts'
import type { OutgoingMessage } from './message.ts'

/** Why the carrier does not even take a message, if it is the message's own fault (twiml.md 8.3). */
export function faultIn(message: OutgoingMessage): Problem | undefined {
  return faultInAddresses(message) ?? faultInContent(message)
}

function faultInAddresses({ to, from, serviceSid }: OutgoingMessage): Problem | undefined {
  if (to === '') return fault(21604, "A 'To' phone number is required")
  if (!isRecipient(to)) return fault(21211, `The 'To' number ${to} is not a valid phone number`)
  if (!from && !serviceSid) return fault(21603, "A 'From' or a 'MessagingServiceSid' is required")
  if (from && !isSender(from)) return fault(21606, `The 'From' number ${from} is not a valid, message-capable number`)
  return undefined
}

function faultInContent({ body, media = [], statusCallback }: OutgoingMessage): Problem | undefined {
  if (body === '' && media.length === 0) return fault(21602, "One of 'Body', 'MediaUrl' and 'ContentSid' is required")
  if (body.length > LONGEST_BODY)
    return fault(21617, `The message body has ${body.length} characters; at most ${LONGEST_BODY} are taken`)
  if (media.length > MOST_MEDIA)
    return fault(21623, `There are ${media.length} media files; at most ${MOST_MEDIA} are taken`)
  const odd = media.find((url) => !isWebUrl(url))
  if (odd !== undefined) return fault(21620, `The media URL ${JSON.stringify(odd)} is no absolute http or https URL`)
  if (statusCallback !== undefined && !isWebUrl(statusCallback.url))
    return fault(21609, `The StatusCallback ${JSON.stringify(statusCallback.url)} is no absolute http or https URL`)
  return undefined
}

/** Characters of a message's body (twiml.md 1.2). */
export const LONGEST_BODY = 1600
/** Files that come with a message at most. */
export const MOST_MEDIA = 10

/** Whether the carrier can ask for this. */
export function isWebUrl(text: string): boolean {
  return /^https?:/i.test(text) && URL.canParse(text)
}
