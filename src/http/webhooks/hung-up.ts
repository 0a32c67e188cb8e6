import type { IncomingMessage } from 'node:http'

/** Whether a client has gone by now, even where Node has not noticed yet: an answer would seem to go out, and reach nobody. */
export async function hasHungUp({ socket }: IncomingMessage): Promise<boolean> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn()
  return socket.destroyed || socket.readableEnded
}

/** Turns of the event loop: the one under way may have looked at the network already, the next one looks again. */
const TURNS = 2

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
