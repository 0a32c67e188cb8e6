import { useEffect, useMemo, useState } from 'react'
import type { Positions } from '../../picture/drawable.ts'
import { needsLayout, positionsOf } from '../../picture/positions.ts'
import type { Catalogue } from '../document/catalogue.ts'
import type { Placed } from '../document/placed.ts'
import { asSeen, firstSight, isAnother, type Sight } from './first-sight.ts'

/** Where the widgets of a flow are drawn; undefined until a layout is there, where the file does not say. */
export function usePositions(all: readonly Placed[], catalogue: Catalogue): Positions | undefined {
  const layout = useLayout(all, catalogue)
  const [sight, setSight] = useState<Sight>()
  const positions = useMemo(() => layout && positionsOf(all, layout), [all, layout])
  if (positions && isAnother(all, sight)) setSight(firstSight(all, positions, catalogue))
  return useMemo(() => positions && asSeen(positions, sight), [positions, sight])
}

/** A layout of what has no place of its own; empty, where everything has one. */
function useLayout(all: readonly Placed[], catalogue: Catalogue): Positions | undefined {
  const [layout, setLayout] = useState<Positions>(NO_LAYOUT)
  const isMissing = needsLayout(all) && all.some(({ id }) => !layout.has(id))
  useEffect(() => {
    if (!isMissing) return
    let isWanted = true
    import('../../picture/layered.ts').then(({ laidOut }) => isWanted && setLayout(laidOut(all, catalogue)))
    return () => {
      isWanted = false
    }
  }, [isMissing, all, catalogue])
  return isMissing && layout === NO_LAYOUT ? undefined : layout
}

const NO_LAYOUT: Positions = new Map()
