import { z } from 'zod'
import { WARNING, type Warning } from '../engine/warning.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { choice, flag, integer, name, text, textInteger } from '../flow/properties.ts'
import type { DialNoun } from '../twiml/verbs.ts'

const properties = z.object({
  noun: choice(['number', 'number-multi', 'client', 'sip', 'sim', 'conference'])
    .default('number')
    .meta({ title: 'Connect call to' }),
  to: text().meta({ title: 'To' }),
  sip_endpoint: text().meta({ title: 'SIP endpoint' }),
  sip_username: name().meta({ title: 'SIP username' }),
  sip_password: name().meta({ title: 'SIP password' }),
  caller_id: name().meta({ title: 'Caller ID' }),
  record: flag().default(false).meta({ title: 'Record call' }),
  timeout: integer({ min: 1, max: 600 }).default(30).meta({ title: 'Timeout in seconds' }),
  time_limit: textInteger({ min: 1 }).meta({ title: 'Time limit in seconds' }),
})

/** Dials somebody else and brings both together (widgets.md 3.6). */
export const connectCallTo = defineWidget({
  type: 'connect-call-to',
  library: {
    title: 'Connect Call To',
    group: 'Voice',
    exits: { callCompleted: 'Connected Call Ended', hangup: 'Caller Hung Up' },
  },
  summary: 'Connects the caller with a number, a client, a SIP endpoint, a SIM or a conference.',
  needs: 'call',
  exits: ['callCompleted', 'hangup'],
  properties,

  enter({ properties, callbackUrl, execution }) {
    const children = nounsOf(properties)
    // TwiML has no Dial without a target; a flow that branches on the outcome sees the one of a target that does not exist.
    if (children.length === 0)
      return exit('callCompleted', { output: { DialCallStatus: 'failed' }, warnings: [NO_TARGET] })
    const { caller_id, timeout, time_limit, record } = properties
    return answer([
      {
        verb: 'Dial',
        action: callbackUrl(),
        method: 'POST',
        callerId: caller_id ?? (execution.contact || undefined),
        timeout,
        timeLimit: time_limit,
        record: record ? 'record-from-answer' : undefined,
        children,
      },
    ])
  },

  resume({ execution }, event) {
    if (event.type !== 'continued') return undefined
    const output = event.params
    if (!execution.call?.live) return exit('hangup', { output })
    return exit('callCompleted', { output, warnings: output.DialCallStatus === 'no-answer' ? [TIMED_OUT] : [] })
  },
})

const NO_TARGET: Warning = {
  code: WARNING.template,
  message: 'there is nobody to connect the caller to: the target is empty',
}
const TIMED_OUT: Warning = { code: WARNING.callTimedOut, message: 'nobody answered before the timeout' }

/** Simultaneous ringing takes ten numbers at most. */
const MOST_NUMBERS = 10

function nounsOf({
  noun,
  to = '',
  sip_endpoint = '',
  sip_username,
  sip_password,
}: z.output<typeof properties>): DialNoun[] {
  const target = to.trim()
  switch (noun) {
    case 'sip': {
      const address = (sip_endpoint || target).trim()
      if (address === '') return []
      return [
        {
          verb: 'Sip',
          username: sip_username,
          password: sip_password,
          text: /^sips?:/i.test(address) ? address : `sip:${address}`,
        },
      ]
    }
    case 'number-multi':
      return listed(target)
        .slice(0, MOST_NUMBERS)
        .map((number) => ({ verb: 'Number', text: number }))
    default:
      return target === '' ? [] : [{ verb: ELEMENT[noun], text: target }]
  }
}

const ELEMENT = { number: 'Number', client: 'Client', sim: 'Sim', conference: 'Conference' } as const

function listed(targets: string): string[] {
  return targets
    .split(',')
    .map((target) => target.trim())
    .filter((target) => target !== '')
}
