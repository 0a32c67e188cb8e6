import { secondsIn } from '../../clock/duration.ts'
import type { Act } from '../../simulator/people/act.ts'
import type { Scene } from './scene.ts'

/** What a typed line means: keys, words, silence, a command; or a sentence that says why it means nothing. */
export function meaningOf(line: string, { caller }: Scene): Act | string {
  const [, command, rest = ''] = /^\/(\S*)\s*(.*)$/.exec(line.trim()) ?? []
  if (command !== undefined) return COMMANDS[command]?.(rest) ?? `there is no /${command}; /help tells what there is`
  if (!caller) return line.trim() === '' ? 'type a message, or /help' : { do: 'text', body: line }
  if (line.trim() === '') return { do: 'be-silent' }
  return answer(line.trim(), caller.leg.listening?.takes)
}

/** While nothing is asked yet, keys are kept for when they are. */
function answer(text: string, takes: readonly string[] = ['keys']): Act {
  if (takes.includes('keys') && KEYS.test(text)) return { do: 'press', keys: text }
  const voice = takes.includes('voice') ? secondsIn(text) : undefined
  return voice === undefined ? { do: 'say', text } : { do: 'talk', seconds: voice }
}

const KEYS = /^[0-9*#A-D]+$/

const hangUp = (): Act => ({ do: 'hang-up' })

const COMMANDS: Readonly<Record<string, (rest: string) => Act | string>> = {
  hangup: hangUp,
  'hang-up': hangUp,
  press: (keys) => (KEYS.test(keys) ? { do: 'press', keys } : '/press needs keys of a phone: 0-9 * #'),
  say: (text) => (text === '' ? '/say needs words' : { do: 'say', text }),
  talk: (text) => lasting(text, (seconds) => ({ do: 'talk', seconds })) ?? '/talk needs a duration such as 8s',
  wait: (text) => lasting(text, (seconds) => ({ do: 'wait', seconds })) ?? '/wait needs a duration: 90s, 5m, 2h or 1d',
  text: (body) => (body === '' ? '/text needs words' : { do: 'text', body }),
  media: (url) => (URL.canParse(url) ? { do: 'text', body: '', media: [url] } : '/media needs an absolute URL'),
  help: () => HELP,
}

function lasting(text: string, act: (seconds: number) => Act): Act | undefined {
  const seconds = secondsIn(text)
  return seconds === undefined ? undefined : act(seconds)
}

const HELP = `  1, 42#          press keys, when keys are asked for; with * and #
  any words       say them, when speech is asked for; send them, in a conversation by text
  8s              leave so much voice in a recording
  (empty)         stay silent until the time for an answer is up
  /hangup         hang up                   /wait 2h       let time pass
  /text WORDS     send a text message       /media URL     send a picture
  /press KEYS  /say WORDS  /talk 8s         whatever is asked for
  /quit           leave`
