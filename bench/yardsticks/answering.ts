import { FLOW_PATH } from '../talk.ts'
import { formServer } from './forms.ts'

/** Serves what a webhook costs without a flow engine: the form is read, some work is done, and the same TwiML is answered to everybody. */
export async function answering(work: () => Promise<void> | void): Promise<void> {
  const server = formServer()
  server.post(FLOW_PATH, async (_request, reply) => {
    await work()
    return reply.type('text/xml').send(TWIML)
  })
  console.log(await server.listen({ port: 0, host: '127.0.0.1' }))
}

const TWIML = `<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="http://127.0.0.1${FLOW_PATH}?step=1"><Say>Press 1</Say></Gather></Response>`
