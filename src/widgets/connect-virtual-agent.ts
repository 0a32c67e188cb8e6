import { z } from 'zod'
import { callbackOf } from '../engine/callback-url.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { name, required, text, textFlag } from '../flow/properties.ts'

/** Connects the caller with a Dialogflow ES agent (widgets.md 3.14). */
export const connectVirtualAgent = defineWidget({
  type: 'connect-virtual-agent',
  library: {
    title: 'Connect Virtual Agent (v1)',
    group: 'Voice',
    exits: { return: 'Return', hangup: 'Caller Hung Up' },
    retired: true,
  },
  summary: 'Connects the caller with a virtual agent (Dialogflow ES).',
  needs: 'call',
  exits: ['return', 'hangup'],
  onInvalid: 'return',
  properties: z.object({
    connector: required(name()).meta({ title: 'Connector' }),
    language: name().meta({ title: 'Language' }),
    sentiment_analysis: textFlag().meta({ title: 'Sentiment analysis' }),
    status_callback: text().meta({ title: 'Status callback URL' }),
  }),

  enter({ properties: { connector, language, sentiment_analysis, status_callback }, callbackUrl }) {
    const { url: statusCallback, warnings } = callbackOf('status', status_callback)
    const agent = {
      verb: 'VirtualAgent',
      connectorName: connector,
      language,
      sentimentAnalysis: sentiment_analysis,
      statusCallback,
    } as const
    const action = callbackUrl({ FlowEvent: 'return' })
    return answer([{ verb: 'Connect', action, method: 'POST', children: [agent] }], { warnings })
  },

  resume({ execution }, event) {
    if (event.type !== 'continued') return undefined
    return exit(execution.call?.live ? 'return' : 'hangup', { output: event.params })
  },
})
