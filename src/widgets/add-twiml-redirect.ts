import { z } from 'zod'
import { WARNING } from '../engine/warning.ts'
import { webUrl } from '../engine/web-url.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { text, textInteger } from '../flow/properties.ts'

const properties = z.object({
  url: text().meta({ title: 'Redirect URL' }),
  method: text().default('POST').meta({ title: 'Request method' }),
  timeout: textInteger({ min: 0, max: 14_400 }).default(14_400).meta({ title: 'Return timeout in seconds' }),
})

/** Gives the contact over to TwiML elsewhere until it comes back with `FlowEvent=return` (widgets.md 3.22). */
export const addTwimlRedirect = defineWidget({
  type: 'add-twiml-redirect',
  library: { title: 'TwiML Redirect', group: 'Tools', exits: { return: 'Return', timeout: 'Timeout', fail: 'Fail' } },
  summary: 'Gives the contact over to TwiML at another URL, and waits for it to come back.',
  needs: 'anything',
  exits: ['return', 'timeout', 'fail'],
  properties,

  enter({ properties: { url = '', method, timeout } }) {
    const target = webUrl(url.trim())
    if (!target) {
      return exit('fail', {
        warnings: [{ code: WARNING.invalidUrl, message: `${JSON.stringify(url)} is no absolute http or https URL` }],
      })
    }
    const document = [
      { verb: 'Redirect', method: method.toUpperCase() === 'GET' ? 'GET' : 'POST', text: target.href },
    ] as const
    // Nobody is expected back; at the real service such an execution stays active for ever (decisions, "TwiML Redirect with timeout 0").
    if (timeout === 0) return { kind: 'give-up', exit: 'timeout', document }
    return { ...answer(document, { timeout }), for: ['continued', 'time-ran-out'] }
  },

  resume({ execution: { call } }, event) {
    // The call is elsewhere, and nothing gets it back from there: what comes next cannot be heard.
    if (event.type === 'time-ran-out') return exit('timeout', call && { call: { ...call, live: false } })
    return event.type === 'continued' ? exit('return', { output: event.params }) : undefined
  },
})
