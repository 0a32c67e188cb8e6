import { NEXT } from '../outcome.ts'
import type { Player } from '../player.ts'

export const connect: Player = async () => NEXT
