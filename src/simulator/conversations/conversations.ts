import type { News } from '../happening.ts'
import { callBack } from '../line/exchange.ts'
import type { Line } from '../line/line.ts'
import type { Office } from '../office.ts'
import type { Problem } from '../problem.ts'
import { Shelf } from '../shelf.ts'
import type { Hook } from '../webhooks.ts'
import {
  addressOf,
  type Binding,
  Conversation,
  type ConversationDetails,
  type ConversationMessage,
  type Participant,
  type ScopedWebhook,
} from './conversation.ts'
import { addedParams, type Source } from './parameters.ts'

/** Something that is written into a conversation. */
export interface Words {
  readonly author: string
  readonly body: string
  /** JSON text. */
  readonly attributes?: string | undefined
  readonly source: Source
}

/** The conversations of a network, and who is told of what is written there (engine.md 12). */
export class Conversations {
  readonly #office: Office
  readonly #serviceSid: string
  readonly #kept: Shelf<Conversation>

  constructor(office: Office) {
    this.#office = office
    this.#serviceSid = `IS${office.accountSid.slice(2)}` // the same for as long as the account
    this.#kept = new Shelf<Conversation>({
      begunAt: ({ createdAt }) => createdAt,
      isOver: (one) => one.stateAt(office.clock.now()) === 'closed',
    })
  }

  /** Begins one, in the service that there is where none is named. */
  create(details: Partial<ConversationDetails> = {}, serviceSid = this.#serviceSid): Conversation {
    const made = { sid: this.#office.sid('CH'), serviceSid, createdAt: this.#office.clock.now() }
    return this.#kept.put(
      new Conversation({ ...made, details: { attributes: '{}', state: 'active', timers: {}, ...details } }),
    )
  }

  /** By its sid or its unique name. */
  find(name: string): Conversation | undefined {
    return this.#kept.get(name) ?? this.#kept.list().find(({ details }) => details.uniqueName === name)
  }

  /** Newest first. */
  list(): readonly Conversation[] {
    return [...this.#kept.list()].reverse()
  }

  remove({ sid }: Conversation): void {
    this.#kept.remove(sid)
  }

  join(conversation: Conversation, who: Pick<Participant, 'identity' | 'binding'>, attributes = '{}'): Participant {
    const participant = { ...who, ...this.#made('MB'), attributes }
    conversation.participants.set(participant.sid, participant)
    return participant
  }

  attach(conversation: Conversation, webhook: Omit<ScopedWebhook, 'sid' | 'createdAt'>): ScopedWebhook {
    const attached = { ...webhook, ...this.#made('WH') }
    conversation.webhooks.set(attached.sid, attached)
    return attached
  }

  /** The open conversation into which a phone's texts to a number go. */
  bound(binding: Binding): Conversation | undefined {
    const now = this.#office.clock.now()
    return this.#kept.list().find((one) => one.stateAt(now) !== 'closed' && one.binds(binding))
  }

  /** A person writes; resolves when every webhook has answered or had its time. */
  say(conversation: Conversation, author: string, body: string): Promise<void> {
    const source = conversation.participantBy(author)?.binding ? 'SMS' : 'SDK'
    return this.write(conversation, { author, body, source }).told
  }

  /** Puts a message into a conversation: everybody else there gets it, and the webhooks are told. */
  write(conversation: Conversation, { author, body, attributes = '{}', source }: Words): Written {
    const message = conversation.write({ ...this.#made('IM'), author, body, attributes })
    this.#hand(conversation, message, source)
    const told = this.#office.activity.during(async () => {
      await Promise.all(listenersOf(conversation).map((hook) => this.#tell(hook, { conversation, message, source })))
    })
    return { message, told }
  }

  #hand({ sid, participants }: Conversation, message: ConversationMessage, source: Source): void {
    const { author: from, body } = message
    const tell = (direction: 'inbound' | 'outbound', to: string) =>
      this.#office.tell(message.sid, { type: 'message', direction, from, to, body, media: [] })
    if (source !== 'API') tell('inbound', sid)
    for (const to of [...participants.values()].map(addressOf)) if (to !== from) tell('outbound', to)
  }

  async #tell({ url, method }: Hook, added: Added): Promise<void> {
    const { sid } = added.message
    const asker = {
      line: hurried(this.#office.line()),
      tell: (news: News) => this.#office.tell(sid, news),
      warn: (problem: Problem) => this.#office.tell(sid, { type: 'problem', problem }),
    }
    await callBack(asker, { url, method, params: addedParams(added, this.#office.accountSid) }, 11200)
  }

  #made(prefix: string) {
    return { sid: this.#office.sid(prefix), createdAt: this.#office.clock.now() }
  }
}

/** A message just written, and when every webhook has answered or had its time. */
interface Written {
  readonly message: ConversationMessage
  readonly told: Promise<void>
}

interface Added {
  readonly conversation: Conversation
  readonly message: ConversationMessage
  readonly source: Source
}

function listenersOf({ webhooks }: Conversation): readonly Hook[] {
  return [...webhooks.values()].flatMap(({ target, hook, filters }) =>
    target === 'webhook' && hook && filters.includes('onMessageAdded') ? [hook] : [],
  )
}

/** A webhook of a conversation is given 5 seconds and one attempt, whatever its URL says (engine.md 7). */
function hurried(line: Line): Line {
  return { ask: (request) => line.ask({ ...request, url: `${request.url.split('#', 1)[0]}#tt=5000&rc=0` }) }
}
