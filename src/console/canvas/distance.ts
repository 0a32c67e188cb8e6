import { useStore } from '@xyflow/react'

/** From how far away the canvas is looked at: all can be read, or names alone, or nothing. */
export function useDistance(): 'near' | 'far' | 'farthest' {
  return useStore(({ transform: [, , zoom] }) => {
    if (zoom >= NEAR) return 'near'
    return zoom >= FAR ? 'far' : 'farthest'
  })
}

const NEAR = 0.45
const FAR = 0.13
