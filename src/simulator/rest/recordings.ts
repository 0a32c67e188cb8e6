import type { LiveRecording } from '../recording/live-recording.ts'
import type { Recording } from '../recording/recording.ts'
import { wavOf } from '../recording/wav.ts'
import { API_VERSION, resourcePath } from '../resource-path.ts'
import { rfc2822 } from '../rfc2822.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { callIn } from './calls.ts'
import { isWanted, page, within } from './page.ts'
import { one, oneOf } from './parameters.ts'
import { recordingWishIn } from './recording-parameters.ts'
import { invalid, notFound } from './refused.ts'

/** `Recordings.json`: those of all calls. */
export const recordings: Resource = {
  GET(asked) {
    const { network, query } = asked
    const isThen = within(query, 'DateCreated')
    const items = network.recordings.list().filter(({ callSid, startedAt }) => {
      return isWanted(query, 'CallSid', callSid) && isThen(startedAt)
    })
    return page(asked, { key: 'recordings', items, show: (item) => resourceOf(item, network.accountSid) })
  },
}

/** `Recordings/RE….json` shows or deletes one; `.wav`, `.mp3` or no ending is its sound. */
export const recording: Resource = {
  GET(asked) {
    const found = recordingIn(asked)
    return asked.ending === 'json' ? json(200, resourceOf(found, asked.network.accountSid)) : sound(found, asked)
  },
  DELETE: (asked) => removed(recordingIn(asked), asked),
}

/** `Calls/CA…/Recordings.json`: records a call from now on, lists what there is of it. */
export const callRecordings: Resource = {
  GET(asked) {
    const { network } = asked
    const leg = callIn(asked)
    const items = network.recordings.list().filter(({ callSid }) => callSid === leg.sid)
    return page(asked, { key: 'recordings', items, show: (item) => ofCall(item, network.accountSid) })
  },
  POST(asked) {
    const { network, form } = asked
    const leg = callIn(asked)
    const wish = recordingWishIn(form, 'StartCallRecordingAPI')
    if (leg.status !== 'in-progress')
      throw invalid(21220, `Requested resource is not eligible for recording: call ${leg.sid} is ${leg.status}`)
    return json(201, ofCall(network.recordings.start(leg, wish).recording, network.accountSid))
  },
}

/** `Calls/CA…/Recordings/RE….json`, where `Twilio.CURRENT` is the one that runs: pauses, stops, shows or deletes it. */
export const callRecording: Resource = {
  GET: (asked) => json(200, ofCall(recordingIn(asked), asked.network.accountSid)),
  POST(asked) {
    const { network, form } = asked
    const status = oneOf(form, 'Status', ['in-progress', 'paused', 'stopped'])
    if (status === undefined) throw invalid(20001, 'Status is missing; expected in-progress, paused or stopped')
    const behavior = oneOf(form, 'PauseBehavior', ['skip', 'silence']) ?? 'silence'
    const live = liveIn(asked)
    if (status === 'paused') live.pause(behavior)
    else if (status === 'in-progress') live.resume()
    else live.stop()
    // What comes of it is `completed` by the next look; the answer says what was done.
    const shown = ofCall(live.recording, network.accountSid)
    return json(200, status === 'stopped' ? { ...shown, status } : shown)
  },
  DELETE: (asked) => removed(recordingIn(asked), asked),
}

const CURRENT = 'Twilio.CURRENT'

function liveIn(asked: Asked): LiveRecording {
  const { network, ids } = asked
  const running = network.recordings.liveOf(callIn(asked).sid)
  const live = running.find(({ recording: { sid } }) => ids.recording === CURRENT || sid === ids.recording)
  if (!live) throw notFound(asked.path)
  return live
}

/** The recording that a path names; below a call, one of that call. */
function recordingIn(asked: Asked): Recording {
  const { network, ids, path } = asked
  if (ids.recording === CURRENT) return liveIn(asked).recording
  const found = network.recordings.get(ids.recording ?? '')
  if (!found || (ids.sid !== undefined && found.callSid !== ids.sid)) throw notFound(path)
  return found
}

function removed({ sid, callSid }: Recording, { network }: Asked) {
  for (const live of network.recordings.liveOf(callSid)) if (live.recording.sid === sid) live.stop()
  network.recordings.remove(sid)
  return GONE
}

/** One WAV file for every ending: that is what its content type says, and what every player goes by. */
function sound(found: Recording, { query, path }: Asked) {
  if (found.status !== 'completed') throw notFound(path)
  const channels = one(query, 'RequestedChannels') === '1' ? 1 : found.channels
  return { status: 200, contentType: 'audio/x-wav', body: wavOf({ seconds: found.seconds, channels }) }
}

function resourceOf(found: Recording, accountSid: string) {
  const path = resourcePath(accountSid, `Recordings/${found.sid}`)
  return {
    ...shared(found, accountSid),
    media_url: found.url,
    uri: `${path}.json`,
    subresource_uris: {
      add_on_results: `${path}/AddOnResults.json`,
      transcriptions: `${path}/Transcriptions.json`,
    },
  }
}

function ofCall(found: Recording, accountSid: string) {
  return {
    ...shared(found, accountSid),
    track: found.track ?? 'both',
    uri: resourcePath(accountSid, `Calls/${found.callSid}/Recordings/${found.sid}.json`),
  }
}

function shared(found: Recording, accountSid: string) {
  const { sid, callSid, conferenceSid, startedAt, seconds, status, channels, source } = found
  const isOver = status === 'completed' || status === 'absent'
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    call_sid: callSid,
    conference_sid: conferenceSid ?? null,
    date_created: rfc2822(startedAt),
    date_updated: rfc2822(startedAt + (isOver ? seconds * 1_000 : 0)),
    start_time: rfc2822(startedAt),
    duration: isOver ? String(seconds) : '-1',
    sid,
    price: null,
    price_unit: 'USD',
    status,
    channels,
    source,
    error_code: null,
    encryption_details: null,
  }
}
