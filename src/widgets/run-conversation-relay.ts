import { z } from 'zod'
import { WARNING } from '../engine/warning.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { choice, keyValues, name, text, textFlag } from '../flow/properties.ts'
import type { ConversationRelay, Parameter } from '../twiml/verbs.ts'

const properties = z.object({
  url: name().meta({ title: 'WebSocket URL' }),
  welcome_greeting: text().meta({ title: 'Welcome greeting' }),
  language: name().meta({ title: 'Language' }),
  tts_provider: name().meta({ title: 'Text-to-speech provider' }),
  voice: name().meta({ title: 'Voice' }),
  transcription_provider: name().meta({ title: 'Transcription provider' }),
  speech_model: name().meta({ title: 'Speech model' }),
  dtmf_detection: textFlag().meta({ title: 'DTMF detection' }),
  interruptible: choice(['true', 'false', 'none', 'dtmf', 'speech', 'any']).meta({ title: 'Interruptible' }),
  parameters: keyValues().meta({ title: 'Parameters' }),
})

/** Lets a service of the author's talk with the caller over a WebSocket (widgets.md 5.4). */
export const runConversationRelay = defineWidget({
  type: 'run-conversation-relay',
  library: { title: 'Conversation Relay', group: 'Voice', exits: { success: 'Session Ended', failed: 'Failed' } },
  summary: 'Lets a service of yours talk with the caller over a WebSocket.',
  needs: 'call',
  exits: ['success', 'failed'],
  properties,

  enter({ properties, callbackUrl }) {
    const { url = '' } = properties
    if (!URL.canParse(url) || new URL(url).protocol !== 'wss:') {
      return exit('failed', {
        warnings: [{ code: WARNING.invalidUrl, message: `${JSON.stringify(url)} is no wss:// URL` }],
      })
    }
    return answer([{ verb: 'Connect', action: callbackUrl(), method: 'POST', children: [relayOf(properties, url)] }])
  },

  resume(_visit, event) {
    if (event.type !== 'continued') return undefined
    const output = event.params
    return exit(output.SessionStatus === 'failed' || output.ErrorCode ? 'failed' : 'success', { output })
  },
})

type Properties = z.output<typeof properties>

function relayOf({ parameters = [], ...properties }: Properties, url: string): ConversationRelay {
  return {
    verb: 'ConversationRelay',
    url,
    welcomeGreeting: properties.welcome_greeting,
    language: properties.language,
    ttsProvider: properties.tts_provider,
    voice: properties.voice,
    transcriptionProvider: properties.transcription_provider,
    speechModel: properties.speech_model,
    dtmfDetection: properties.dtmf_detection,
    interruptible: properties.interruptible,
    children: parameters.map(({ key, value }): Parameter => ({ verb: 'Parameter', name: key, value })),
  }
}
