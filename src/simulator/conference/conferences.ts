import type { Leg } from '../call/leg.ts'
import { Shelf } from '../shelf.ts'

/** The conferences of a network. A name is free again when its conference has ended. */
export class Conferences {
  readonly #all = new Shelf<Conference>({
    begunAt: ({ createdAt }) => createdAt,
    isOver: ({ status }) => status === 'completed',
  })
  readonly #make: () => Made

  /** `make` gives each conference what is its own. */
  constructor(make: () => Made) {
    this.#make = make
  }

  /** The conference of this name that has not ended, if there is one; by its sid, any. */
  find(name: string): Conference | undefined {
    return this.list().find((one) => one.sid === name || (one.name === name && one.status !== 'completed'))
  }

  create(name: string): Conference {
    return this.#all.put(new Conference(this.#make(), name))
  }

  list(): readonly Conference[] {
    return this.#all.list()
  }
}

interface Made {
  readonly sid: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** Somebody in a conference. */
export interface Participant extends ParticipantState {
  readonly callSid: string
  /** Guests by plan have none. */
  readonly leg: Leg | undefined
  readonly label: string
  readonly coaching: boolean
  /** `startConferenceOnEnter`. */
  readonly starts: boolean
}

/** What can be changed about somebody in a conference. */
export interface ParticipantState {
  readonly muted: boolean
  readonly hold: boolean
  /** `endConferenceOnExit`. */
  readonly ends: boolean
}

/** What happens in a conference, with the words of its status callbacks (twiml.md 4.6). */
export type ConferenceEvent =
  | { readonly type: 'conference-start' }
  | { readonly type: 'conference-end'; readonly reason: EndReason; readonly callSid: string | undefined }
  | { readonly type: 'participant-join'; readonly participant: Participant }
  | { readonly type: 'participant-leave'; readonly participant: Participant; readonly why: LeaveReason }
  | { readonly type: ChangeType; readonly participant: Participant }

type EndReason = 'conference-ended-via-api' | 'participant-with-end-conference-on-exit-left' | 'last-participant-left'
type LeaveReason = 'participant_hung_up' | 'participant_updated_via_api' | 'moderator_ended_conference'
type ChangeType = `participant-${'mute' | 'unmute' | 'hold' | 'unhold' | 'modify'}`

/** People who talk with one another. */
export class Conference {
  readonly sid: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly name: string
  status: 'init' | 'in-progress' | 'completed' = 'init'
  #participants: readonly Participant[] = []
  readonly #listeners = new Set<(event: ConferenceEvent) => void>()

  constructor({ sid, createdAt }: Made, name: string) {
    this.sid = sid
    this.createdAt = createdAt
    this.name = name
  }

  get participants(): readonly Participant[] {
    return this.#participants
  }

  /** Calls back for everything that happens in it; the answer ends it. */
  onEvent(listener: (event: ConferenceEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Lets somebody in; with two, one of whom starts it, the conference begins. */
  join(participant: Participant): void {
    this.#participants = [...this.#participants, participant]
    this.#tell({ type: 'participant-join', participant })
    if (this.status === 'init' && this.#participants.length >= 2 && this.#participants.some(({ starts }) => starts)) {
      this.status = 'in-progress'
      this.#tell({ type: 'conference-start' })
    }
  }

  /** Somebody goes; the conference ends with the last one, or with one who ends it. */
  leave(callSid: string, why: LeaveReason = 'participant_hung_up'): void {
    const participant = this.#participants.find((one) => one.callSid === callSid)
    if (!participant) return
    this.#participants = this.#participants.filter((one) => one !== participant)
    this.#tell({ type: 'participant-leave', participant, why })
    if (this.status === 'completed') return
    if (participant.ends) this.#end('participant-with-end-conference-on-exit-left', callSid)
    else if (this.#participants.length === 0) this.#end('last-participant-left', callSid)
  }

  /** Mutes, holds, or makes somebody end the conference, or the other way round; as REST does it. */
  change(callSid: string, change: Partial<ParticipantState>): void {
    const before = this.#participants.find((one) => one.callSid === callSid)
    if (!before) return
    const participant = { ...before, ...change }
    this.#participants = this.#participants.map((one) => (one === before ? participant : one))
    for (const type of changes(before, participant)) this.#tell({ type, participant })
  }

  /** Ends it for all; as REST does it. */
  end(): void {
    if (this.status !== 'completed') this.#end('conference-ended-via-api', undefined)
  }

  #end(reason: EndReason, callSid: string | undefined): void {
    this.status = 'completed'
    for (const { callSid: other } of this.#participants) this.leave(other, 'moderator_ended_conference')
    this.#tell({ type: 'conference-end', reason, callSid })
  }

  #tell(event: ConferenceEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

function changes(before: ParticipantState, after: ParticipantState): readonly ChangeType[] {
  return [
    ...(before.muted === after.muted ? [] : [`participant-${after.muted ? 'mute' : 'unmute'}` as const]),
    ...(before.hold === after.hold ? [] : [`participant-${after.hold ? 'hold' : 'unhold'}` as const]),
    ...(before.ends === after.ends ? [] : ['participant-modify' as const]),
  ]
}
