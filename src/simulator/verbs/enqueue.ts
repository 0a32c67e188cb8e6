import { NEXT } from '../outcome.ts'
import type { Player } from '../player.ts'

export const enqueue: Player = async () => NEXT
