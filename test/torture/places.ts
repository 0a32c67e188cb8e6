import type { Place } from '../support/flow.ts'

/** The number of the flow, and that of whoever has to do with it. */
export const FROM_US = '{{flow.channel.address}}'
export const CONTACT = '{{contact.channel.address}}'

/** Says for which visit something is. */
export function tag(widget: string, count = '{{flow.variables.n}}'): string {
  return `[{{flow.sid}} ${widget} ${count}]`
}

/** Begins a flow by these events. */
export function trigger(...events: readonly string[]): (next: string) => Place {
  return (next) => ({ type: 'trigger', exits: Object.fromEntries(events.map((event) => [event, next])) })
}

/** Sets variables. */
export function set(next: string, variables: Readonly<Record<string, string>>): Place {
  const pairs = Object.entries(variables).map(([key, value]) => ({ key, value }))
  return { type: 'set-variables', properties: { variables: pairs }, exits: { next } }
}

/** Counts what has come, and keeps it. */
export function counting(next: string, heard: string): Place {
  return set(next, { n: '{{flow.variables.n | plus: 1}}', all: `{{flow.variables.all}}${heard}` })
}

/** Goes another way for each value. */
export function split(input: string, branches: Readonly<Record<string, string>>, otherwise: string): Place {
  return {
    type: 'split-based-on',
    properties: { input },
    exits: { noMatch: otherwise },
    branches: Object.entries(branches).map(([value, next]) => ({
      event: 'match',
      next,
      conditions: [{ friendly_name: value, arguments: [input], type: 'equal_to' as const, value }],
    })),
  }
}

/** Asks a service, which may fail. */
export function looking(service: string, place: { widget: string; next: string | null; count?: string }): Place {
  const parameters = [{ key: 'tag', value: tag(place.widget, place.count) }]
  return {
    type: 'make-http-request',
    properties: { method: 'POST', url: `${service}/look`, parameters },
    exits: { success: place.next, failed: place.next },
  }
}

/** Sends a message to the contact. */
export function sending(widget: string, next: string | null, from = FROM_US): Place {
  return {
    type: 'send-message',
    properties: { from, to: CONTACT, body: tag(widget) },
    exits: { sent: next, failed: next },
  }
}

/** Asks the contact, who may say nothing. */
export function asking(next: string, otherwise: string, { widget = 'ask', from = FROM_US } = {}): Place {
  return {
    type: 'send-and-wait-for-reply',
    properties: { from, body: `${tag(widget)} {{flow.variables.all}}`, timeout: '4' },
    exits: { incomingMessage: next, timeout: otherwise, deliveryFailure: otherwise },
  }
}

/** Hands the contact over to agents. */
export function handingOver(next: string | null): Place {
  return {
    type: 'send-to-flex',
    properties: { workflow: `WW${'0'.repeat(32)}`, channel: 'sms', attributes: `{"tag":"${tag('agent')}"}` },
    exits: { callComplete: next, failedToEnqueue: next },
  }
}
