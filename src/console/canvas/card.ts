import type { LucideIcon } from 'lucide-react'
import { type Exit, exitsOf } from '../../picture/exits.ts'
import { cardWidth } from '../../picture/geometry.ts'
import { titleOf } from '../../picture/words.ts'
import type { Catalogue } from '../document/catalogue.ts'
import type { Placed } from '../document/placed.ts'
import { summaryOf } from '../document/summary.ts'
import { iconOf, toneOf } from './tones.ts'

/** What a card shows of its widget. */
export interface Card {
  readonly name: string
  readonly type: string
  readonly title: string
  readonly summary: string
  readonly exits: readonly Exit[]
  readonly width: number
  readonly tone: string
  readonly Icon: LucideIcon
  readonly isTrigger: boolean
}

/** The card of a widget; the same object as long as the widget stays the same. */
export function cardOf(placed: Placed, catalogue: Catalogue): Card {
  const known = cards.get(catalogue) ?? new WeakMap<Placed, Card>()
  cards.set(catalogue, known)
  const card = known.get(placed) ?? made(placed, catalogue)
  known.set(placed, card)
  return card
}

const cards = new WeakMap<Catalogue, WeakMap<Placed, Card>>()

function made(placed: Placed, catalogue: Catalogue): Card {
  const { name, type } = placed
  const exits = exitsOf(placed, catalogue)
  return {
    name,
    type,
    title: titleOf(catalogue, type),
    summary: summaryOf(placed, catalogue),
    exits,
    width: cardWidth(exits.length),
    tone: toneOf(catalogue, type),
    Icon: iconOf(catalogue, type),
    isTrigger: type === 'trigger',
  }
}
