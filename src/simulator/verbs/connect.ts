import { follow, partingIfAsked } from '../call/action.ts'
import { isAbout } from '../call/input.ts'
import { isHangUp } from '../call/interruption.ts'
import { NEXT, type Outcome } from '../call/outcome.ts'
import type { Player, Scene } from '../call/player.ts'
import { type Element, elementsIn, textOf } from '../document/element.ts'
import type { Params } from '../line/web-request.ts'
import { MediaStream } from '../streams/media-stream.ts'
import { Relay } from '../streams/relay.ts'
import { whileConnected } from './connection.ts'

/** Connect: hands the caller over to something that is no phone, until that is done (twiml.md 4.10). */
export const connect: Player = async (verb, scene) => {
  const { leg, office } = scene
  leg.answer()
  const noun = elementsIn(verb).find(({ name }) => NOUNS.has(name))
  if (!noun) return NEXT
  const hasServer = SOCKETS.has(noun.name) && office.connects(noun.attributes.url ?? '')
  if (hasServer && noun.name === 'Stream') return follow(verb, scene, await stream(noun, scene))
  if (hasServer) return relay(verb, noun, scene)
  return follow(verb, scene, await byPlan(noun, scene))
}

/** What goes on over a WebSocket of a server's. */
const SOCKETS: ReadonlySet<string> = new Set(['Stream', 'ConversationRelay'])

const NOUNS: ReadonlySet<string> = new Set([
  'Stream',
  'ConversationRelay',
  'VirtualAgent',
  'Conversation',
  'ConversationRelaySession',
  'AiSession',
  'Room',
  'Autopilot',
])

/** Sound both ways until the server closes the socket. */
async function stream(noun: Element, scene: Scene): Promise<Params> {
  const { leg } = scene
  const media = new MediaStream(noun, scene)
  const isOpen = await media.open(() => leg.give({ kind: 'signal', about: media }))
  try {
    while (isOpen) {
      const input = await leg.wait({
        takes: (given) => given.kind === 'key' || isAbout(media, given),
        listening: { verb: 'Stream', takes: ['keys'] },
      })
      if (input?.kind !== 'key') break
      media.press(input.key)
    }
  } finally {
    media.stop()
  }
  return {}
}

/** A relay tells its action how it ended even if the caller is gone. */
async function relay(verb: Element, noun: Element, scene: Scene): Promise<Outcome> {
  const talk = new Relay(noun, scene)
  try {
    return follow(verb, scene, await talk.run())
  } catch (error) {
    if (!isHangUp(error)) throw error
    return partingIfAsked(verb, scene, talk.result({ SessionStatus: 'completed' }))
  }
}

/** What no socket stands for ends by plan. */
async function byPlan(noun: Element, scene: Scene): Promise<Params> {
  const { leg, office } = scene
  const { after, params } = office.plans.connects.of(noun.name)
  const target = noun.attributes.connectorName ?? noun.attributes.serviceInstanceSid ?? textOf(noun)
  const seconds = after === undefined ? {} : { seconds: after }
  await whileConnected(leg, { target: `${noun.name} ${target}`.trim() }, () => leg.wait(seconds))
  return { ...PARAMS[noun.name]?.(scene), ...params }
}

/** What the action is told where the plan says nothing else. */
const PARAMS: Readonly<Record<string, (scene: Scene) => Params>> = {
  VirtualAgent: ({ office, leg }) => ({
    VirtualAgentProvider: 'dialogflow',
    VirtualAgentStatus: 'completed',
    VirtualAgentProviderData: JSON.stringify({ ConversationId: office.sid(''), EndUserId: leg.setup.from }),
  }),
  ConversationRelay: ({ office }) => ({ SessionId: office.sid('VX'), SessionStatus: 'ended', SessionDuration: '10' }),
}
