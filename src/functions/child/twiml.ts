/** Whether this is a TwiML document of the `twilio` package: of whatever copy of it, so its classes are known by their names. */
export function isTwiml(payload: unknown): payload is object {
  for (let one: unknown = prototypeOf(payload); one; one = prototypeOf(one)) {
    if (CLASSES.has(Object(one).constructor?.name)) return true
  }
  return false
}

const CLASSES = new Set(['VoiceResponse', 'MessagingResponse', 'FaxResponse'])

function prototypeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined
}
