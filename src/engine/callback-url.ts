import { WARNING, type Warning } from './warning.ts'
import { webUrl } from './web-url.ts'

/** Where somebody is told of something, if the URL for it can be used; what it is about goes on all the same where it cannot. */
export function callbackOf(
  what: string,
  text = '',
): { readonly url?: string | undefined; readonly warnings: readonly Warning[] } {
  if (text.trim() === '') return { warnings: [] }
  const url = webUrl(text.trim())
  if (url) return { url: url.href, warnings: [] }
  const message = `the ${what} callback ${JSON.stringify(text)} is no absolute http or https URL; nobody is told`
  return { warnings: [{ code: WARNING.invalidUrl, message }] }
}
