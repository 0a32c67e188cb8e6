import { NEXT } from '../outcome.ts'
import type { Player } from '../player.ts'

export const pay: Player = async () => NEXT
