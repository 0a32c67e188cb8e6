import { createContext, useContext } from 'react'

/** What is shown over the editor. */
export type OverlayName = 'find' | 'json' | 'problems' | 'publish' | 'shortcuts'

/** What is shown over the editor now, and how that is changed. */
export interface Overlay {
  readonly shown: OverlayName | undefined
  show(name: OverlayName | undefined): void
  /** Whether the phone is beside the canvas. */
  readonly isTrying: boolean
  /** Takes the phone, or puts it away. */
  turnPhone(): void
}

/** The overlay that the parts of the editor share. */
export const OverlayContext = createContext<Overlay>({
  shown: undefined,
  show: () => undefined,
  isTrying: false,
  turnPhone: () => undefined,
})

/** The overlay of the editor around. */
export function useOverlay(): Overlay {
  return useContext(OverlayContext)
}
