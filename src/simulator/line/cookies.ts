/** Cookies as the carrier keeps them: for one call, or for a pair of numbers (twiml.md 1.4). */
export class CookieJar {
  readonly #kept = new Map<string, Map<string, string>>()

  /** Takes what `Set-Cookie` headers say; an empty value or one that has run out takes a cookie away. */
  keep({ hostname }: URL, headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';')
      const [, name, value = ''] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
      if (name === undefined) continue
      const cookies = this.#kept.get(hostname) ?? new Map<string, string>()
      this.#kept.set(hostname, cookies)
      if (value === '' || attributes.some(hasRunOut)) cookies.delete(name)
      else cookies.set(name, value)
    }
  }

  headerFor({ hostname }: URL): { readonly cookie?: string } {
    const cookies = [...(this.#kept.get(hostname) ?? [])]
    return cookies.length === 0 ? {} : { cookie: cookies.map(([name, value]) => `${name}=${value}`).join('; ') }
  }
}

function hasRunOut(attribute: string): boolean {
  const [, key = '', value = ''] = /^\s*(max-age|expires)\s*=\s*(.*?)\s*$/i.exec(attribute) ?? []
  if (key.toLowerCase() === 'max-age') return /^(0|-\d+)$/.test(value)
  return key !== '' && Date.parse(value) <= Date.now()
}
