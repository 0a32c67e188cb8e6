import type { Channel } from '../../src/channels/channel.ts'

/** A way out that refuses whatever it is not told how to do. */
export function channelThat(does: Partial<Channel> = {}): Channel {
  const reason = 'nobody is there'
  return {
    sendMessage: async () => ({ ok: false, message: {}, reason }),
    postMessage: async () => ({ ok: false, message: {}, reason }),
    readAttributes: async () => ({ ok: false, reason }),
    openConversation: async () => ({ ok: false, reason }),
    leaveConversation: async () => ({ ok: false, reason }),
    handOver: async () => ({ ok: false, reason }),
    placeCall: async () => ({ ok: false, reason }),
    recordCall: async () => ({ ok: false, reason }),
    ...does,
  }
}
