import { OWN } from './flows.ts'

/** What a document has its call do next: wait for something at a verb and come back to a URL, or come back at once. */
export interface Next {
  readonly verb: 'Gather' | 'Record' | 'Dial' | 'Redirect'
  readonly url: string
}

/** Where a call goes on; nothing, where the document ends it. */
export function nextIn(twiml: string): Next | undefined {
  const [, verb, url = ''] = /<(Gather|Record|Dial)\b[^>]*\baction="([^"]*)"/.exec(twiml) ?? []
  if (verb === 'Gather' || verb === 'Record' || verb === 'Dial') return { verb, url: plain(url) }
  const [, back] = /<Redirect\b[^>]*>([^<]*)</.exec(twiml) ?? []
  return back === undefined ? undefined : { verb: 'Redirect', url: plain(back) }
}

/** What the caller has entered so far, as the flow says it; nothing, where it does not. */
export function enteredIn(twiml: string): string | undefined {
  return /You entered &lt;(\d*)&gt;/.exec(twiml)?.[1]
}

/** The parameters of a call. */
export function callOf(CallSid: string, contact: string): Record<string, string> {
  return { CallSid, From: contact, To: OWN, Direction: 'inbound', ApiVersion: '2010-04-01' }
}

function plain(text: string): string {
  return text.replaceAll('&amp;', '&')
}
