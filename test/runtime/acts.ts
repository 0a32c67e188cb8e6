import { expect } from 'vitest'
import { CONTACT, type Fate, type Lives, OWN } from '../support/lives.ts'

/** Lets work go on until it asks something of the outside that it is never answered. */
export async function cutOff(lives: Lives, fate: Fate, work: () => Promise<unknown>): Promise<void> {
  const { asked } = lives
  lives.fate = fate
  work().catch(() => 'cut off')
  await expect.poll(() => lives.asked).toBe(asked + 1)
  await lives.network.activity.idle()
}

/** A person calls: what the carrier says of it once it is answered. */
export async function ring({ network }: Lives): Promise<Record<string, string>> {
  const { sid } = network.call({ from: CONTACT, to: OWN })
  await network.activity.idle()
  return { CallSid: sid, From: CONTACT, To: OWN, CallStatus: 'in-progress' }
}

/** A message of the contact. */
export function text(MessageSid: string, Body: string): Record<string, string> {
  return { MessageSid, From: CONTACT, To: OWN, Body }
}

/** Begins an execution as the REST API does, and has it walked to its rest. */
export async function request({ parts }: Lives): Promise<void> {
  const event = { type: 'incoming-request', to: CONTACT, from: OWN, parameters: {} } as const
  await parts.runtime.start(parts.flows.named('main')?.sid ?? '', event)
}

/** What a placed call is told when somebody answers it. */
export function answered(lives: Lives, sid = placedSid(lives)): Promise<string> {
  const params = { CallSid: sid, From: OWN, To: CONTACT, CallStatus: 'in-progress' }
  return lives.post(placedUrl(lives), params, `answered-${sid}`)
}

/** Where the carrier asks about a placed call. */
export function placedUrl({ placed }: Lives): string {
  const { pathname, search } = new URL(placed[0]?.url ?? '')
  return pathname + search
}

/** The sid of the newest call that the carrier has placed. */
export function placedSid({ network }: Lives): string {
  return network.legs().find(({ setup }) => setup.direction === 'outbound-api')?.sid ?? ''
}

/** Lets time pass while nothing lives. */
export async function timePasses(lives: Lives, seconds: number): Promise<void> {
  await lives.die()
  lives.clock.moveTo(lives.clock.now() + seconds * 1_000)
  await lives.begin()
  while (lives.clock.step(lives.clock.now())) await lives.parts.settled()
}
