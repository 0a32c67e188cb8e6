import type { Generation } from '../messages.ts'

/** A cookie as functions may set it: for this host only, out of reach of scripts, and for https only where that is what is served (functions-flex.md A3). */
export function cookieOf(text: string, { secureCookies }: Pick<Generation, 'secureCookies'>): string {
  const [pair = '', ...attributes] = text.split(';').map((part) => part.trim())
  const kept = attributes.filter((attribute) => !/^(domain=|secure$|httponly$)/i.test(attribute))
  if (livesLong(kept))
    console.warn(`the cookie ${pair.split('=', 1)[0]} lives for more than 24 hours: Twilio refuses that`)
  return [pair, ...kept, 'HttpOnly', ...(secureCookies ? ['Secure'] : [])].join(';')
}

function livesLong(attributes: readonly string[]): boolean {
  return attributes.some((attribute) => {
    const [name = '', value = ''] = attribute.split('=', 2)
    if (/^max-age$/i.test(name)) return Number(value) > DAY_SECONDS
    return /^expires$/i.test(name) && Date.parse(value) > Date.now() + DAY_SECONDS * 1000
  })
}

const DAY_SECONDS = 24 * 60 * 60
