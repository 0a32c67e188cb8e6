/** The step that is measured: a prompt is answered, a split follows, and the next prompt is rendered. */
export const LOOP = {
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      properties: {},
      transitions: [
        { event: 'incomingCall', next: 'ask' },
        { event: 'incomingMessage', next: 'write' },
      ],
    },
    {
      name: 'ask',
      type: 'gather-input-on-call',
      properties: { say: 'You pressed {{widgets.ask.Digits}}. Press 1', number_of_digits: 1 },
      transitions: [{ event: 'keypress', next: 'which' }, { event: 'timeout' }],
    },
    split('which', '{{widgets.ask.Digits}}', 'ask'),
    {
      name: 'write',
      type: 'send-and-wait-for-reply',
      properties: { body: 'You wrote {{widgets.write.inbound.Body}}. Write 1', from: '{{flow.channel.address}}' },
      transitions: [{ event: 'incomingMessage', next: 'what' }, { event: 'timeout' }, { event: 'deliveryFailure' }],
    },
    split('what', '{{widgets.write.inbound.Body}}', 'write'),
  ],
} as const

function split(name: string, input: string, next: string) {
  const conditions = [{ friendly_name: 'one', type: 'equal_to', arguments: [input], value: '1' }]
  return {
    name,
    type: 'split-based-on',
    properties: { input },
    transitions: [{ event: 'noMatch' }, { event: 'match', next, conditions }],
  }
}
