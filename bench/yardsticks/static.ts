import { answering } from './answering.ts'

// a: bare fastify, a form, static TwiML.
await answering(() => undefined)
