import { context, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { expect, onTestFinished, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { form, message, serving } from '../support/server.ts'

const FLOW = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'send' } },
  send: {
    type: 'send-message',
    properties: { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', body: 'Hi' },
    exits: { sent: null },
  },
})

test('who registers an OpenTelemetry SDK gets a span for the webhook, and below it its turns and what they asked for', async () => {
  const spans = recording()
  const { server } = await serving({ flow: FLOW }, { MESSAGE_REPLIES: 'rest' })
  await server.inject(form(message(), '/flows/flow'))

  const finished = spans.getFinishedSpans()
  expect(finished.map(({ name }) => name).sort()).toEqual(['effect', 'turn', 'turn', 'webhook', 'widget', 'widget'])
  const webhook = finished.find(({ name }) => name === 'webhook')
  expect(webhook?.attributes).toMatchObject({ kind: 'message', 'request.id': expect.any(String) })
  for (const span of finished.filter(({ name }) => name === 'turn' || name === 'effect'))
    expect(span.parentSpanContext?.spanId).toBe(webhook?.spanContext().spanId)
  const turns = finished.filter(({ name }) => name === 'turn')
  const [, last] = turns
  expect(last?.attributes).toMatchObject({ event: 'message-sent', status: 'ended', channel: 'message' })
  const widgets = finished.filter(({ name }) => name === 'widget')
  expect(widgets.map(({ attributes }) => attributes)).toMatchObject([
    { widget: 'Trigger', type: 'trigger', event: 'incomingMessage', to: 'send' },
    { widget: 'send', type: 'send-message', event: 'sent', to: 'Ended' },
  ])
  expect(widgets.map((span) => span.parentSpanContext?.spanId)).toEqual(turns.map((span) => span.spanContext().spanId))
})

test('a webhook that is refused is a span with its error', async () => {
  const spans = recording()
  const { server } = await serving({ flow: FLOW })
  await server.inject(form({ nonsense: '1' }, '/flows/flow'))
  expect(spans.getFinishedSpans()).toMatchObject([
    { name: 'webhook', status: { message: expect.stringContaining('CallSid') } },
  ])
})

/** Registers an SDK until the test is over. */
function recording(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter()
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  provider.register()
  onTestFinished(() => {
    trace.disable()
    context.disable()
    return provider.shutdown()
  })
  return exporter
}
