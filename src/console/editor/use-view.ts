import { useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { Positions } from '../../picture/drawable.ts'
import { CARD_HEIGHT, cardWidth } from '../../picture/geometry.ts'

/** What moves the view of the canvas. */
export function useView(positions: Positions | undefined, select: (ids: readonly string[]) => void) {
  const { getZoom, setCenter } = useReactFlow()
  return useMemo(
    () => ({
      reveal(id: string) {
        select([id])
        const { x, y } = positions?.get(id) ?? { x: 0, y: 0 }
        const zoom = Math.max(getZoom(), READABLE)
        setCenter(x + cardWidth(0) / 2, y + CARD_HEIGHT / 2, { zoom, duration: 250 })
      },
    }),
    [positions, select, getZoom, setCenter],
  )
}

/** Cards can be read from this zoom on. */
const READABLE = 0.8
