import type { RecordingCallback } from './effect.ts'
import { WARNING, type Warning } from './warning.ts'
import { webUrl } from './web-url.ts'

/** Who is told of a recording, where the URL for it can be used; the call is recorded all the same where it cannot. */
export function recordingCallback(
  url = '',
  wishes: Omit<RecordingCallback, 'url'> = {},
): { readonly callback?: RecordingCallback | undefined; readonly warnings: readonly Warning[] } {
  if (url.trim() === '') return { warnings: [] }
  const parsed = webUrl(url.trim())
  if (parsed) return { callback: { url: parsed.href, ...wishes }, warnings: [] }
  const message = `the recording status callback ${JSON.stringify(url)} is no absolute http or https URL; nobody is told`
  return { warnings: [{ code: WARNING.invalidUrl, message }] }
}
