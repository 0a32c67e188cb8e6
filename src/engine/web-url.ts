/** An absolute http or https URL, or nothing where the text is none. */
export function webUrl(text: string): URL | undefined {
  return NAMES_A_HOST.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

/** Without a host, such as one that a template has filled with nothing, a `URL` takes the path for it. */
const NAMES_A_HOST = /^\s*https?:\/\/\s*[^\s/\\?#]/i
