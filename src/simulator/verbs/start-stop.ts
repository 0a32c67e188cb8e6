import { NEXT } from '../outcome.ts'
import type { Player } from '../player.ts'

export const start: Player = async () => NEXT
export const stop: Player = async () => NEXT
