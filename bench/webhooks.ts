import { signatureOf } from '../src/signature/signature.ts'

/** A request as the carrier makes it: a signed form. */
export interface Webhook {
  readonly path: string
  readonly body: string
  readonly signature: string
}

/** With which the webhooks of all contenders are signed. */
export const ACCOUNT = { sid: `AC${'b'.repeat(32)}`, token: 'b'.repeat(32) } as const

/** Where whoever is called or written to is reached. */
export const NUMBER = '+15550002000'

/** The parameters that Twilio sends for a call, in their usual length. */
export function callForm(callSid: string, contact: string): Readonly<Record<string, string>> {
  return {
    AccountSid: ACCOUNT.sid,
    ApiVersion: '2010-04-01',
    CallSid: callSid,
    CallStatus: 'in-progress',
    Called: NUMBER,
    ...placeOf('Called'),
    Caller: contact,
    ...placeOf('Caller'),
    Direction: 'inbound',
    From: contact,
    ...placeOf('From'),
    To: NUMBER,
    ...placeOf('To'),
  }
}

/** The same of a text message. */
export function messageForm(messageSid: string, contact: string): Readonly<Record<string, string>> {
  return {
    ToCountry: 'US',
    ToState: 'CA',
    SmsMessageSid: messageSid,
    NumMedia: '0',
    ToCity: 'SAN FRANCISCO',
    FromZip: '94105',
    SmsSid: messageSid,
    FromState: 'CA',
    SmsStatus: 'received',
    FromCity: 'SAN FRANCISCO',
    Body: '1',
    FromCountry: 'US',
    To: NUMBER,
    ToZip: '94105',
    NumSegments: '1',
    MessageSid: messageSid,
    AccountSid: ACCOUNT.sid,
    From: contact,
    ApiVersion: '2010-04-01',
  }
}

function placeOf(end: string): Readonly<Record<string, string>> {
  return { [`${end}City`]: 'SAN FRANCISCO', [`${end}Country`]: 'US', [`${end}State`]: 'CA', [`${end}Zip`]: '94105' }
}

/** Signs a form for a path of a server. */
export function signed(origin: string, path: string, form: Readonly<Record<string, string>>): Webhook {
  return {
    path,
    body: new URLSearchParams(form).toString(),
    signature: signatureOf(ACCOUNT.token, origin + path, Object.entries(form)),
  }
}
