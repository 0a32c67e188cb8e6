import { useEffect, useState } from 'react'
import { needsLayout, type Positions, positionsOf } from '../canvas/positions.ts'
import type { Catalogue } from '../document/catalogue.ts'
import type { Placed } from '../document/placed.ts'

/** Where the widgets of a flow stand; undefined until a layout is there, where the file does not say. */
export function usePositions(all: readonly Placed[], catalogue: Catalogue): Positions | undefined {
  const [layout, setLayout] = useState<Positions>(NO_LAYOUT)
  const isMissing = needsLayout(all) && all.some(({ id }) => !layout.has(id))
  useEffect(() => {
    if (!isMissing) return
    let isWanted = true
    import('../canvas/layout.ts').then(({ laidOut }) => isWanted && setLayout(laidOut(all, catalogue)))
    return () => {
      isWanted = false
    }
  }, [isMissing, all, catalogue])
  return isMissing && layout === NO_LAYOUT ? undefined : positionsOf(all, layout)
}

const NO_LAYOUT: Positions = new Map()
