import type { Dice } from '../walk/dice.ts'
import { callee } from './caller.ts'
import type { Resource } from './carrier-resource.ts'
import type { Asked } from './outside.ts'
import { guest, say } from './talker.ts'
import type { Post, World } from './world.ts'

/** What the carrier goes about once it was asked for something, while nobody waits for it. */
export class Errands {
  readonly #world: World
  readonly #post: Post
  readonly #dice: Dice
  readonly #underway = new Set<Promise<void>>()
  /** The webhooks of conversations that the server has put up. */
  readonly #hooks = new Map<string, string>()

  constructor(world: World, post: Post, dice: Dice) {
    this.#world = world
    this.#post = post
    this.#dice = dice
  }

  /** Begins with what a request has led to. */
  run(asked: Asked, resource: Resource): void {
    const errand = this.#errand(asked, resource).finally(() => this.#underway.delete(errand))
    this.#underway.add(errand)
  }

  /** Resolves when nothing is under way any more. */
  async done(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway)
  }

  async #errand({ path, form }: Asked, resource: Resource): Promise<void> {
    const { To: contact = '', Url: url = '' } = form
    const sid = String(resource.sid)
    if (path.endsWith('/Calls.json')) return callee(this.#world, this.#dice, { url, sid, contact })
    if (path.endsWith('/Messages.json')) return this.#delivered(form, sid)
    if (path.endsWith('/Webhooks')) return this.#hooked(path.split('/').at(-2) ?? '', form['Configuration.Url'] ?? '')
    if (path.endsWith('/Messages')) return this.#posted(form, resource)
  }

  async #delivered({ To = '', From = '', StatusCallback: url }: Asked['form'], MessageSid: string): Promise<void> {
    this.#post.deliver(To)
    if (url === undefined || this.#dice.chance(UNREPORTED)) return
    const MessageStatus = this.#dice.pick(['sent', 'delivered', 'delivered', 'undelivered'])
    await this.#world.line.ask({ kind: 'message-status', url, params: { MessageSid, MessageStatus, From, To } })
  }

  async #posted({ Author = '', Body = '' }: Asked['form'], resource: Resource): Promise<void> {
    const [ConversationSid, MessageSid] = [String(resource.conversation_sid), String(resource.sid)]
    this.#post.deliver(ConversationSid)
    await say(this.#world, { ConversationSid, MessageSid, Author, Body }, this.#hooks.get(ConversationSid))
  }

  /** The flow has a conversation now, and somebody writes there. */
  async #hooked(conversation: string, url: string): Promise<void> {
    if (this.#hooks.has(conversation)) return // it was asked for again, and its guest is there
    this.#hooks.set(conversation, url)
    return guest(this.#world, this.#dice, { conversation, url })
  }
}

const UNREPORTED = 0.5
