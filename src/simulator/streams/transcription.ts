import type { Scene } from '../call/player.ts'
import { report } from '../call/requests.ts'
import type { Element } from '../document/element.ts'
import { hookOf } from '../document/hooks.ts'
import type { News } from '../happening.ts'
import type { Params } from '../line/web-request.ts'

/** Tells a callback every sentence of a call beside it; the answer ends it (twiml.md 4.11). */
export function startTranscription(noun: Element, scene: Scene): () => void {
  const { leg, office } = scene
  const { name, track = 'both_tracks', languageCode = 'en-US' } = noun.attributes
  const callback = hookOf(noun, { url: 'statusCallbackUrl', method: 'statusCallbackMethod' }, scene)
  const sid = office.sid('GT')
  let sequence = 0
  const tell = (event: string, params: Params = {}) => {
    sequence += 1
    if (!callback) return
    report(leg, callback, {
      CallSid: leg.sid,
      TranscriptionSid: sid,
      ...(name && { TranscriptionName: name }),
      TranscriptionEvent: `transcription-${event}`,
      LanguageCode: languageCode,
      SequenceId: String(sequence),
      Timestamp: new Date(leg.ground.clock.now()).toISOString(),
      ...params,
    })
  }
  tell('started')
  const stopHearing = leg.onTold((news) => {
    const [of, transcript] = sentenceIn(news) ?? []
    if (of === undefined || (track !== 'both_tracks' && track !== of)) return
    tell('content', { Track: of, Final: 'true', TranscriptionData: JSON.stringify({ transcript, confidence: 0.9 }) })
  })
  return () => {
    stopHearing()
    tell('stopped')
  }
}

/** The caller is heard on the inbound track, what is said to them on the outbound one. */
function sentenceIn(news: News): readonly ['inbound_track' | 'outbound_track', string] | undefined {
  if (news.type === 'spoke') return ['inbound_track', news.text]
  return news.type === 'said' ? ['outbound_track', news.text] : undefined
}
