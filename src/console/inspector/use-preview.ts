import { useEffect, useState } from 'react'
import { type Preview, previewOf } from '../ask/preview.ts'

/** What a template becomes with an execution; asked again when nothing has been typed for a while. */
export function usePreview(template: unknown, execution: string | undefined): Preview | undefined {
  const [preview, setPreview] = useState<Preview>()
  useEffect(() => {
    if (execution === undefined) return
    let isWanted = true
    const timer = setTimeout(async () => {
      const made = await previewOf(template, execution).catch(refused)
      if (isWanted) setPreview(made)
    }, QUIET_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [template, execution])
  return preview
}

const QUIET_MS = 300

function refused(error: unknown): Preview {
  return { value: '', problems: [error instanceof Error ? error.message : String(error)] }
}
