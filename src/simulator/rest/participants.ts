import type { Leg } from '../call/leg.ts'
import type { Conference, Participant, ParticipantState } from '../conference/conferences.ts'
import { resourcePath } from '../resource-path.ts'
import { rfc2822 } from '../rfc2822.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { endsIn, statusCallbackIn, timesIn } from './call-parameters.ts'
import { conferenceIn } from './conferences.ts'
import { isWanted, page } from './page.ts'
import { given, isTrue, one } from './parameters.ts'
import { notFound } from './refused.ts'

/** `Conferences/CF…/Participants.json`: calls somebody into a conference, lists who is in it (twiml.md 9). */
export const participants: Resource = {
  GET(asked) {
    const { query } = asked
    const of = conferenceIn(asked)
    const items = of.participants.filter(({ muted, hold, coaching }) => {
      const isSo = isWanted(query, 'Muted', String(muted)) && isWanted(query, 'Hold', String(hold))
      return isSo && isWanted(query, 'Coaching', String(coaching))
    })
    return page(asked, { key: 'participants', items, show: (item) => participantResource(item, { of, asked }) })
  },
  POST(asked) {
    const of = openConference(asked)
    const settings = settingsIn(asked)
    const leg = callIn(of, settings, asked)
    return json(201, participantResource({ ...settings, callSid: leg.sid, leg, hold: false }, { of, asked }))
  },
}

/** `…/Participants/CA….json`, or a label: shows, mutes, holds or removes somebody. */
export const participant: Resource = {
  GET(asked) {
    const of = conferenceIn(asked)
    return json(200, participantResource(participantIn(of, asked), { of, asked }))
  },
  POST(asked) {
    const of = conferenceIn(asked)
    of.change(participantIn(of, asked).callSid, changeIn(asked))
    return json(200, participantResource(participantIn(of, asked), { of, asked }))
  },
  DELETE(asked) {
    const of = conferenceIn(asked)
    of.leave(participantIn(of, asked).callSid, 'participant_updated_via_api')
    return GONE
  },
}

function participantIn({ participants: all }: Conference, { ids, path }: Asked): Participant {
  const wanted = ids.participant
  const found = all.find(({ callSid, label }) => callSid === wanted || (label !== '' && label === wanted))
  if (!found) throw notFound(path)
  return found
}

/** Here, a name will do: its conference is made where there is none. */
function openConference({ network, ids: { conference = '' }, path }: Asked): Conference {
  const found = network.conferences.find(conference)
  if (found && found.status !== 'completed') return found
  if (/^CF[0-9a-f]{32}$/i.test(conference)) throw notFound(path)
  return network.conferences.create(conference)
}

type Settings = Omit<Participant, 'callSid' | 'leg' | 'hold'>

function settingsIn({ form }: Asked): Settings {
  return {
    label: one(form, 'Label') ?? '',
    coaching: isTrue(form, 'Coaching'),
    muted: isTrue(form, 'Muted'),
    starts: given(form, 'StartConferenceOnEnter') === undefined || isTrue(form, 'StartConferenceOnEnter'),
    ends: isTrue(form, 'EndConferenceOnExit'),
  }
}

/** Whoever is called hears the same document that they could have been sent. */
function callIn({ name }: Conference, settings: Settings, { network, form }: Asked): Leg {
  const { to, from } = endsIn(form)
  return network.dial({
    setup: { sid: network.sid('CA'), from, to, direction: 'outbound-api' },
    plan: network.plans.calls.of(to),
    ...timesIn(form),
    statusCallback: statusCallbackIn(form),
    start: { kind: 'twiml', text: documentOf(name, settings) },
  })
}

function documentOf(name: string, { label, muted, starts, ends }: Settings): string {
  const attributes = {
    ...(label && { participantLabel: label }),
    muted: String(muted),
    startConferenceOnEnter: String(starts),
    endConferenceOnExit: String(ends),
    waitUrl: '',
  }
  const text = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return `<Response><Dial><Conference${text.join('')}>${escaped(name)}</Conference></Dial></Response>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

function changeIn({ form }: Asked): Partial<ParticipantState> {
  return {
    ...(given(form, 'Muted') !== undefined && { muted: isTrue(form, 'Muted') }),
    ...(given(form, 'Hold') !== undefined && { hold: isTrue(form, 'Hold') }),
    ...(given(form, 'EndConferenceOnExit') !== undefined && { ends: isTrue(form, 'EndConferenceOnExit') }),
  }
}

function participantResource(shown: Participant, { of, asked }: { of: Conference; asked: Asked }) {
  const { accountSid } = asked.network
  const { callSid, label, leg, coaching, muted, hold, starts, ends } = shown
  const isIn = of.participants.some((one) => one.callSid === callSid)
  const created = rfc2822(leg?.answeredAt ?? leg?.createdAt ?? of.createdAt)
  return {
    account_sid: accountSid,
    call_sid: callSid,
    conference_sid: of.sid,
    label: label || null,
    call_sid_to_coach: null,
    coaching,
    muted,
    hold,
    start_conference_on_enter: starts,
    end_conference_on_exit: ends,
    status: isIn ? 'connected' : 'queued',
    queue_time: '0',
    date_created: created,
    date_updated: created,
    uri: resourcePath(accountSid, `Conferences/${of.sid}/Participants/${callSid}.json`),
  }
}
