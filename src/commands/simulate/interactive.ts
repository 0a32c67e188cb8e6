import { createInterface } from 'node:readline/promises'
import { secondsIn } from '../../clock/duration.ts'
import { type Act, act, NoCall } from '../../simulator/people/act.ts'
import { NotTaken } from '../../simulator/people/person.ts'
import type { Scene } from './scene.ts'
import type { Terminal } from './terminal.ts'

/** Lets the person at the terminal act, until the call is over or they leave; time moves only as they do. */
export async function converse(scene: Scene, { input, output }: Terminal): Promise<undefined> {
  const terminal = createInterface({ input, output })
  terminal.on('SIGINT', () => terminal.close())
  const lines = terminal[Symbol.asyncIterator]()
  const over = endOf(scene)
  try {
    for (;;) {
      await scene.caller?.listen()
      if (scene.caller?.leg.isOver) return
      output.write(`${promptFor(scene)} `)
      const { value, done } = await Promise.race([lines.next(), over])
      if (done || value.trim() === '/quit') return
      await obey(value, scene, output)
    }
  } finally {
    terminal.close()
  }
}

/** A call can end while the person has not typed yet, where time runs by itself. */
function endOf({ caller }: Scene): Promise<IteratorReturnResult<undefined>> {
  return new Promise((resolve) => {
    caller?.leg.onStatus(({ isOver }) => isOver && resolve({ done: true, value: undefined }))
  })
}

async function obey(line: string, scene: Scene, output: Terminal['output']): Promise<void> {
  const next = line.trim() === '/help' ? undefined : actIn(line, scene)
  if (next === undefined) return void output.write(`${HELP}\n`)
  try {
    await act(next, scene)
  } catch (error) {
    if (!(error instanceof NotTaken) && !(error instanceof NoCall)) throw error
    output.write(`${error.message}\n`)
  }
}

function promptFor({ caller }: Scene): string {
  const takes = caller?.leg.listening?.takes
  if (!takes) return 'text>'
  return `${[takes.includes('keys') && 'keys', takes.includes('speech') && 'speech', takes.includes('voice') && 'voice'].filter(Boolean).join('/')}>`
}

/** What a line means: keys, words, silence, or a command; nothing where it cannot be understood. */
function actIn(line: string, { caller }: Scene): Act | undefined {
  const [, command = '', rest = ''] = /^\/([a-z-]+)\s*(.*)$/.exec(line.trim()) ?? []
  if (command !== '') return commandIn(command, rest)
  if (!caller) return line.trim() === '' ? undefined : { do: 'text', body: line }
  const takes = caller.leg.listening?.takes ?? []
  if (line.trim() === '') return { do: 'be-silent' }
  if (takes.includes('keys') && /^[0-9*#A-D]+$/.test(line.trim())) return { do: 'press', keys: line.trim() }
  const voice = takes.includes('voice') ? secondsIn(line) : undefined
  if (voice !== undefined) return { do: 'talk', seconds: voice }
  return { do: 'say', text: line.trim() }
}

function commandIn(command: string, rest: string): Act | undefined {
  const seconds = secondsIn(rest)
  switch (command) {
    case 'hangup':
    case 'hang-up':
      return { do: 'hang-up' }
    case 'press':
      return /^[0-9*#A-D]+$/.test(rest) ? { do: 'press', keys: rest } : undefined
    case 'say':
      return { do: 'say', text: rest }
    case 'talk':
      return seconds === undefined ? undefined : { do: 'talk', seconds }
    case 'wait':
      return seconds === undefined ? undefined : { do: 'wait', seconds }
    case 'text':
      return { do: 'text', body: rest }
    case 'media':
      return URL.canParse(rest) ? { do: 'text', body: '', media: [rest] } : undefined
    default:
      return undefined
  }
}

const HELP = `  1, 42#          press keys, when keys are asked for; with * and #
  any words       say them, when speech is asked for; send them, in a conversation by text
  8s              leave so much voice in a recording
  (empty)         stay silent until the time for an answer is up
  /hangup         hang up                   /wait 2h       let time pass
  /text WORDS     send a text message       /media URL     send a picture
  /press KEYS  /say WORDS  /talk 8s         whatever is asked for
  /quit           leave`
