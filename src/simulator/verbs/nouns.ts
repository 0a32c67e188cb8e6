import { type Element, elementsIn, textOf } from '../document/element.ts'
import { MOST_TARGETS } from '../grammar/dial.ts'

/** The nouns of a Dial that may stand together; text of its own is a number to dial (twiml.md 4.6). */
export function nounsOf(dial: Element): readonly Element[] {
  const nouns = elementsIn(dial).filter(({ name }) => PHONES.has(name) || ROOMS.has(name))
  const [first] = nouns
  if (first)
    return ROOMS.has(first.name) ? [first] : nouns.filter(({ name }) => PHONES.has(name)).slice(0, MOST_TARGETS)
  const own = textOf(dial)
  return own === '' ? [] : [{ name: 'Number', attributes: {}, children: [own] }]
}

const PHONES: ReadonlySet<string> = new Set(['Number', 'Client', 'Sip', 'Sim', 'Application', 'WhatsApp'])
/** Only one of these, and nothing beside it. */
const ROOMS: ReadonlySet<string> = new Set(['Conference', 'Queue'])

/** Who is dialled. Client, Sip and Application may hold their address in a child. */
export function addressOf(noun: Element): string {
  const inner = elementsIn(noun).find(({ name }) => ADDRESSES.has(name))
  const text = textOf(inner ?? noun)
  if (noun.name === 'Client') return prefixed('client:', text)
  return noun.name === 'WhatsApp' ? prefixed('whatsapp:', text) : text
}

const ADDRESSES: ReadonlySet<string> = new Set(['Identity', 'Uri', 'ApplicationSid'])

function prefixed(prefix: string, text: string): string {
  return text.startsWith(prefix) ? text : prefix + text
}

/** Whether there can be anybody at the address at all. */
export function isDialable(noun: Element): boolean {
  return noun.name !== 'Number' || /^(\+?[\d\s().-]+|client:.+|sips?:.+)$/.test(addressOf(noun))
}
