import { follow, partingIfAsked } from '../call/action.ts'
import type { Input } from '../call/input.ts'
import { Interrupted, isHangUp } from '../call/interruption.ts'
import type { Leg } from '../call/leg.ts'
import type { Outcome } from '../call/outcome.ts'
import type { Scene } from '../call/player.ts'
import { reportConference } from '../conference/conference-callback.ts'
import { inviteGuests } from '../conference/conference-guests.ts'
import { recordConference } from '../conference/conference-recording.ts'
import type { Conference, ConferenceEvent, Participant } from '../conference/conferences.ts'
import { numberOf } from '../document/attributes.ts'
import { type Element, textOf } from '../document/element.ts'
import type { Params } from '../line/web-request.ts'
import { caution } from '../problem.ts'
import { stayBridged } from './bridge.ts'
import { whileConnected } from './connection.ts'
import { playWhileWaiting } from './wait-music.ts'

/** Takes the caller of a Dial into a conference (twiml.md 4.6). */
export async function joinConference(dial: Element, noun: Element, scene: Scene): Promise<Outcome> {
  const { leg, office } = scene
  leg.answer()
  const name = textOf(noun)
  leg.tell({ type: 'dialled', target: name, noun: 'Conference' })
  const conference = office.conferences.find(name) ?? found(name, noun, scene)
  const most = numberOf(noun.attributes.maxParticipants, MOST_PARTICIPANTS)
  if (conference.participants.length < most) return new Attendance(dial, noun, scene).run(conference)
  leg.warn(caution(16020, `the conference ${JSON.stringify(name)} is full: it has ${most} participants`))
  if (conference.participants.length === 0) conference.end() // nobody else would
  return follow(dial, scene, { DialCallStatus: 'failed', ...ofConference(conference) })
}

const MOST_PARTICIPANTS = 250

/** The first participant brings the settings of a conference. */
function found(name: string, noun: Element, scene: Scene): Conference {
  const conference = scene.office.conferences.create(name)
  reportConference(conference, noun, scene)
  recordConference(conference, noun, scene)
  inviteGuests(conference, scene.office)
  return conference
}

function ofConference({ sid, name }: Conference): Params {
  return { ConferenceSid: sid, FriendlyName: name }
}

/** One caller's time in a conference. */
class Attendance {
  readonly #dial: Element
  readonly #noun: Element
  readonly #scene: Scene

  constructor(dial: Element, noun: Element, scene: Scene) {
    this.#dial = dial
    this.#noun = noun
    this.#scene = scene
  }

  async run(conference: Conference): Promise<Outcome> {
    const { leg } = this.#scene
    const params = { DialCallStatus: 'answered', ...ofConference(conference) }
    const stopHearing = conference.onEvent((event) => hearOf(event, { conference, leg }))
    conference.join(participantOf(this.#noun, leg))
    this.#beep(conference, ENTER_BEEPS)
    try {
      await this.#attend(conference)
    } catch (error) {
      if (!isHangUp(error)) throw error
      return partingIfAsked(this.#dial, this.#scene, params)
    } finally {
      stopHearing()
      leg.forgetRelease()
      conference.leave(leg.sid)
      this.#beep(conference, EXIT_BEEPS)
    }
    return follow(this.#dial, this.#scene, params)
  }

  /** Waits for the start, then talks to the end; the caller's own, or everybody's. */
  async #attend(conference: Conference): Promise<void> {
    const { leg } = this.#scene
    if (conference.status === 'init' && (await released(() => this.#wait())) !== STARTED) return
    await whileConnected(leg, { target: conference.name, status: 'answered' }, () =>
      released(() => stayBridged(leg, { dial: this.#dial, isOver: NEVER })),
    )
  }

  async #wait(): Promise<void> {
    const waiting = { method: 'waitMethod', times: 'once', rules: WAIT_RULES } as const
    const ending = await playWhileWaiting(this.#noun, this.#scene, waiting)
    if (ending.kind === 'over') throw new Interrupted({ kind: 'hung-up', by: 'server' })
  }

  #beep({ participants }: Conference, values: ReadonlySet<string>): void {
    if (!values.has(this.#noun.attributes.beep ?? 'true')) return
    for (const { leg } of participants) if (leg !== this.#scene.leg) leg?.tell({ type: 'toned', digits: 'beep' })
  }
}

const ENTER_BEEPS: ReadonlySet<string> = new Set(['true', 'onEnter'])
const EXIT_BEEPS: ReadonlySet<string> = new Set(['true', 'onExit'])
const WAIT_RULES = { verbs: new Set(['Play', 'Say', 'Pause', 'Redirect']), refusal: 13238, extra: () => ({}) }
const NEVER = (_input: Input) => false

function participantOf({ attributes }: Element, leg: Leg): Participant {
  return {
    callSid: leg.sid,
    leg,
    label: attributes.participantLabel ?? '',
    coaching: attributes.coach !== undefined,
    muted: attributes.muted === 'true',
    hold: false,
    starts: attributes.startConferenceOnEnter !== 'false',
    ends: attributes.endConferenceOnExit === 'true',
  }
}

/** What a participant learns of a conference: that it starts, and that it is over for them. */
function hearOf(event: ConferenceEvent, { conference, leg }: { conference: Conference; leg: Leg }): void {
  const isAbout = 'participant' in event && event.participant.callSid === leg.sid
  if (event.type === 'conference-start') release(conference, leg)
  if (event.type === 'participant-leave' && isAbout && event.why !== 'participant_hung_up')
    leg.interrupt({ kind: 'released', result: event.why })
}

/** Whoever brought the second participant does not wait. */
function release({ participants }: Conference, leg: Leg): void {
  if (participants.at(-1)?.leg !== leg) leg.interrupt({ kind: 'released', result: STARTED })
}

const STARTED = 'started'

/** Does something that lasts until a release; answers what that says, or nothing where it ended by itself. */
async function released(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof Interrupted && error.by.kind === 'released') return error.by.result
    throw error
  }
}
