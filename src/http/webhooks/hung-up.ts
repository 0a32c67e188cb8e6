import type { IncomingMessage } from 'node:http'

/** Whether a client is gone by now, also where that was not noticed yet: what is written to it would go out all the same, to nobody. */
export async function hasHungUp({ socket }: IncomingMessage): Promise<boolean> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn()
  return socket.destroyed || socket.readableEnded
}

/** In the midst of a turn the network is looked at no more before its end, but in the next one it is. */
const TURNS = 2

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
