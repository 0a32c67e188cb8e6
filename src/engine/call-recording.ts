import { callbackOf } from './callback-url.ts'
import type { RecordingCallback } from './effect.ts'
import type { Warning } from './warning.ts'

/** Who is told of a recording. */
export function recordingCallback(
  text = '',
  wishes: Omit<RecordingCallback, 'url'> = {},
): { readonly callback?: RecordingCallback | undefined; readonly warnings: readonly Warning[] } {
  const { url, warnings } = callbackOf('recording status', text)
  return { callback: url === undefined ? undefined : { url, ...wishes }, warnings }
}
