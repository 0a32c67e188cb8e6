import type { NewParticipant, ResumeConversationEffect, StartConversationEffect } from '../engine/effect.ts'
import { type Fields, field, isFields } from '../engine/fields.ts'
import type { Opened } from './channel.ts'
import { type Ask, type Outcome, refusedBecause } from './outcome.ts'
import { given, type Parameters } from './parameters.ts'

/** Begins a conversation, lets its participant in and puts up the flow's webhook; where one of these is refused, nothing is left behind (widgets.md 5.2). */
export async function started(ask: Ask, wish: StartConversationEffect, conversations: string): Promise<Opened> {
  const begun = await post(ask, conversations, conversationParameters(wish))
  if (!begun.ok) return refusedBecause(begun)
  const path = `${conversations}/${field(begun.resource, 'sid')}`
  const furnished = await furnish(ask, path, wish)
  if (!furnished.ok) await ask({ method: 'DELETE', product: 'conversations', path })
  return furnished.ok ? { ...furnished, conversation: begun.resource } : furnished
}

async function furnish(ask: Ask, path: string, { participant, webhookUrl }: StartConversationEffect) {
  const joined = await post(ask, `${path}/Participants`, participantParameters(participant))
  if (!joined.ok) return refusedBecause(joined)
  const hooked = await hook(ask, path, { url: webhookUrl, filters: ['onMessageAdded'] })
  if (!hooked.ok) return refusedBecause(hooked)
  return { ok: true, participants: [joined.resource], webhookSid: sidOf(hooked.resource) } as const
}

/** Takes up a conversation and puts up the flow's webhook there (widgets.md 5.3). */
export async function resumed(ask: Ask, wish: ResumeConversationEffect, path: string): Promise<Opened> {
  const { attributes } = wish
  const found = await (attributes ? post(ask, path, given({ Attributes: attributes })) : get(ask, path))
  if (!found.ok) return refusedBecause(found)
  const listed = await listParticipants(ask, path)
  if (!listed.ok) return refusedBecause(listed)
  const hooked = await hook(ask, path, { url: wish.webhookUrl, filters: wish.filters })
  if (!hooked.ok) return refusedBecause(hooked)
  return { ok: true, conversation: found.resource, participants: listed.all, webhookSid: sidOf(hooked.resource) }
}

/** Everybody in a conversation, page by page. */
async function listParticipants(ask: Ask, path: string) {
  const all: Fields[] = []
  for (let next: string | undefined = `${path}/Participants?PageSize=100`; next !== undefined; ) {
    const page: Outcome = await get(ask, next)
    if (!page.ok) return page
    const { participants, meta } = page.resource
    all.push(...(Array.isArray(participants) ? participants.filter(isFields) : []))
    next = pathIn(field(meta, 'next_page_url'))
  }
  return { ok: true, all } as const
}

function pathIn(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined
  const { pathname, search } = new URL(url)
  return pathname + search
}

function sidOf(resource: Fields): string {
  return String(field(resource, 'sid'))
}

function post(ask: Ask, path: string, form: Parameters): Promise<Outcome> {
  return ask({ method: 'POST', product: 'conversations', path, form })
}

function get(ask: Ask, path: string): Promise<Outcome> {
  return ask({ method: 'GET', product: 'conversations', path })
}

/** `Target=studio` would reach Twilio's own Studio (engine.md 12). */
function hook(ask: Ask, path: string, { url, filters }: Hook): Promise<Outcome> {
  const configuration = { 'Configuration.Url': url, 'Configuration.Method': 'POST', 'Configuration.Filters': filters }
  return post(ask, `${path}/Webhooks`, given({ Target: 'webhook', ...configuration }))
}

interface Hook {
  readonly url: string
  readonly filters: readonly string[]
}

function conversationParameters({ timers, ...wish }: StartConversationEffect): Parameters {
  return given({
    FriendlyName: wish.friendlyName,
    Attributes: wish.attributes,
    MessagingServiceSid: wish.messagingServiceSid,
    'Timers.Inactive': timers.inactive,
    'Timers.Closed': timers.closed,
  })
}

function participantParameters(who: NewParticipant): Parameters {
  if ('identity' in who) return given({ Identity: who.identity })
  return given({ 'MessagingBinding.Address': who.address, 'MessagingBinding.ProxyAddress': who.proxyAddress })
}
