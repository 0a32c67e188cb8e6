import { useCallback, useRef } from 'react'
import type { JsonObject } from '../../flow/record.ts'
import { flowOf, type KeptFlow, saveFlow } from '../ask/flows.ts'
import type { Editor } from './editor.ts'

interface Keeping {
  readonly flow: KeptFlow
  readonly definition: JsonObject
  /** The flow is at another revision, or has been saved. */
  onFlow(flow: KeptFlow): void
  onSaved(): void
}

/** A save that the server has not answered yet. */
interface UnderWay {
  readonly status: string
  readonly definition: JsonObject
  readonly done: Promise<void>
}

/** Keeps a definition on the server, once however often it is asked for, and not unseen over what somebody else has saved. */
export function useSaving({ flow, definition, onFlow, onSaved }: Keeping): Editor['save'] {
  const known = useRef(flow.revision)
  const underWay = useRef<UnderWay>(undefined)
  return useCallback<Editor['save']>(
    async (status, commitMessage = '') => {
      const before = underWay.current
      if (before?.status === status && before.definition === definition) return before.done
      const done = keep(before)
      underWay.current = { status, definition, done }
      return done.finally(() => {
        if (underWay.current?.done === done) underWay.current = undefined
      })

      async function keep(first: UnderWay | undefined): Promise<void> {
        await first?.done.catch(() => undefined) // told to whoever asked for it
        const newest = await flowOf(flow.sid)
        const isOvertaken = newest.revision !== known.current
        known.current = newest.revision
        if (isOvertaken) {
          onFlow({ ...newest, definition: flow.definition })
          throw new Error(overtaken(newest.revision))
        }
        const kept = await saveFlow(flow.sid, { status, definition, commitMessage })
        known.current = kept.revision
        onFlow(kept)
        onSaved()
      }
    },
    [flow.sid, flow.definition, definition, onFlow, onSaved],
  )
}

function overtaken(revision: number): string {
  return `Somebody else has saved revision ${revision} since this page was opened; what is edited here is without it. Look at it under Revisions. Saving once more keeps yours on top of it.`
}
