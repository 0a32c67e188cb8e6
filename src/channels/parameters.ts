import type { PlaceCallEffect, RecordingWish, SendMessageEffect } from '../engine/effect.ts'
import { isMessagingService } from '../engine/messaging-service.ts'

/** Parameters of the REST API, in order; a name may come more than once. */
export type Parameters = readonly (readonly [name: string, value: string])[]

/** What `Messages.json` is posted (twiml.md 8.1). */
export function messageParameters({ from, ...message }: SendMessageEffect): Parameters {
  return given({
    To: message.to,
    [isMessagingService(from) ? 'MessagingServiceSid' : 'From']: from,
    Body: message.body,
    MediaUrl: message.mediaUrl,
    ContentSid: message.contentSid,
    ContentVariables: message.contentVariables,
    ShortenUrls: message.shortenUrls,
    StatusCallback: message.statusCallback,
  })
}

/** What `Calls.json` is posted (twiml.md 7); the one event that is reported comes for every end of a call. */
export function callParameters({ recording, machineDetection, ...call }: PlaceCallEffect): Parameters {
  return [
    ...given({
      To: call.to,
      From: call.from,
      Url: call.url,
      Method: 'POST',
      StatusCallback: call.statusCallback,
      StatusCallbackMethod: 'POST',
      StatusCallbackEvent: 'completed',
      Timeout: call.timeout,
      SendDigits: call.sendDigits,
      SipAuthUsername: call.sipUsername,
      SipAuthPassword: call.sipPassword,
      MachineDetection: machineDetection?.mode,
      MachineDetectionTimeout: machineDetection?.timeout,
      MachineDetectionSpeechThreshold: machineDetection?.speechThreshold,
      MachineDetectionSpeechEndThreshold: machineDetection?.speechEndThreshold,
      MachineDetectionSilenceTimeout: machineDetection?.silenceTimeout,
      Record: recording && true,
    }),
    ...(recording ? recordingParameters(recording) : []),
  ]
}

/** How a call is to be recorded, as calls and recordings take it. */
export function recordingParameters({ channels, trim, callback }: RecordingWish): Parameters {
  return given({
    RecordingStatusCallback: callback?.url,
    RecordingStatusCallbackMethod: callback?.method,
    RecordingStatusCallbackEvent: callback?.events,
    RecordingChannels: channels,
    Trim: trim,
  })
}

type Value = string | number | boolean | readonly string[] | undefined

/** The parameters that there are; those without a value are left out. */
export function given(parameters: Readonly<Record<string, Value>>): Parameters {
  return Object.entries(parameters).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, String(one)] as const),
  )
}
