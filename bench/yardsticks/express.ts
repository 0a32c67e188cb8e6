import express from 'express'
import twilio from 'twilio'
import { FLOW_PATH } from '../talk.ts'
import { ACCOUNT } from '../webhooks.ts'

// h1: the same step as people write it by hand: express, sessions in memory, the vendor's package. Nothing is kept.
interface Session {
  presses: number
  digits?: string
}

const { VoiceResponse, MessagingResponse } = twilio.twiml
const sessions = new Map<string, Session>()
const server = express()
server.use(express.urlencoded({ extended: false }))
server.post(FLOW_PATH, twilio.webhook(ACCOUNT.token), ({ body, originalUrl }, response) => {
  const key = body.CallSid ?? body.From
  const session = sessions.get(key) ?? { presses: 0 }
  const answer = body.Digits ?? body.Body
  sessions.set(key, { ...session, presses: session.presses + 1, digits: answer })
  const text = answer === undefined || answer === '1' ? `You pressed ${answer}. Press 1` : 'Press 1'
  response.type('text/xml').send(body.CallSid ? asked(text, originalUrl) : written(text))
})
const listener = server.listen(0, '127.0.0.1', () => {
  const address = listener.address()
  if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}`)
})

function asked(text: string, url: string): string {
  const document = new VoiceResponse()
  document.gather({ action: `http://127.0.0.1${url}`, numDigits: 1, timeout: 5 }).say(text)
  document.redirect(`http://127.0.0.1${url}`)
  return document.toString()
}

function written(text: string): string {
  const document = new MessagingResponse()
  document.message(text)
  return document.toString()
}
