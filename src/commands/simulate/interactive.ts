import { createInterface, type Interface } from 'node:readline/promises'
import { act, NoCall } from '../../simulator/people/act.ts'
import { NotTaken } from '../../simulator/people/person.ts'
import type { Scene } from './scene.ts'
import type { Screen } from './screen.ts'
import type { Terminal } from './terminal.ts'
import { meaningOf } from './typed.ts'

/** Lets the person at the terminal act, until the call is over or they leave; time moves only as they do, unless it runs by itself. */
export async function converse(scene: Scene, { input, output }: Terminal, screen: Screen): Promise<undefined> {
  const terminal = createInterface({ input, output })
  screen.attend(terminal)
  const interrupted = interruptionOf(terminal)
  const lines = terminal[Symbol.asyncIterator]()
  const over = endOf(scene)
  try {
    for (;;) {
      if ((await Promise.race([scene.caller?.listen(), interrupted])) === 'interrupted') return
      if (scene.caller?.leg.isOver) return
      const next = Promise.race([lines.next(), over])
      const { value, done } = await screen.ask(() => promptFor(scene), next)
      if (done || value.trim() === '/quit') return
      if ((await Promise.race([obey(value, scene, screen), interrupted])) === 'interrupted') return
    }
  } finally {
    terminal.close()
  }
}

/** Ctrl-C leaves at once, whatever is being waited for; the end of the input leaves when all of it is done. */
function interruptionOf(terminal: Interface): Promise<'interrupted'> {
  return new Promise((resolve) => {
    terminal.once('SIGINT', () => {
      terminal.close()
      resolve('interrupted')
    })
  })
}

/** A call can end while the person has not typed yet, where time runs by itself; a flow that called them may go on by text. */
function endOf({ caller, begins, executions }: Scene): Promise<IteratorReturnResult<undefined>> {
  const goesOn = () => begins.kind !== 'call' && executions().some(({ status }) => status === 'active')
  return new Promise((resolve) => {
    caller?.leg.onStatus(({ isOver }) => isOver && !goesOn() && resolve({ done: true, value: undefined }))
  })
}

async function obey(line: string, scene: Scene, screen: Screen): Promise<void> {
  const meaning = meaningOf(line, scene)
  if (typeof meaning === 'string') return screen.line(meaning)
  try {
    await act(meaning, scene)
  } catch (error) {
    if (!(error instanceof NotTaken) && !(error instanceof NoCall)) throw error
    screen.line(error.message)
  }
}

function promptFor({ caller }: Scene): string {
  if (!caller) return 'text>'
  const takes = caller.leg.listening?.takes ?? []
  return `${KINDS.filter((kind) => takes.includes(kind)).join('/')}>`
}

const KINDS = ['keys', 'speech', 'voice'] as const
