import { randomBytes } from 'node:crypto'
import type { SendMessageEffect } from '../engine/effect.ts'
import type { Channel } from './channel.ts'
import { acceptedMessage } from './message-resource.ts'

/** A carrier that accepts everything and sends nothing; tells `onMessage` what it was given. */
export function simulatedChannel(accountSid: string, onMessage: (message: SendMessageEffect) => void): Channel {
  return {
    async sendMessage(message) {
      onMessage(message)
      const sid = `SM${randomBytes(16).toString('hex')}`
      return { ok: true, message: acceptedMessage({ message, accountSid, sid, at: Date.now() }) }
    },
  }
}
