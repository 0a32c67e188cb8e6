import type { Player } from '../call/player.ts'
import { connect } from './connect.ts'
import { hangup, leave, redirect, reject } from './control.ts'
import { dial } from './dial.ts'
import { enqueue } from './enqueue.ts'
import { gather } from './gather.ts'
import { pay } from './pay.ts'
import { record } from './record.ts'
import { refer } from './refer.ts'
import { sms } from './sms.ts'
import { echo, pause, sound } from './sounds.ts'
import { start, stop } from './start-stop.ts'

/** The verbs of an answer to a call (twiml.md 4). */
export const PLAYERS: Readonly<Record<string, Player>> = {
  Say: sound,
  Play: sound,
  Pause: pause,
  Echo: echo,
  Gather: gather,
  Record: record,
  Dial: dial,
  Enqueue: enqueue,
  Leave: leave,
  Redirect: redirect,
  Hangup: hangup,
  Reject: reject,
  Refer: refer,
  Pay: pay,
  Connect: connect,
  Start: start,
  Stop: stop,
  Sms: sms,
}
