import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dice, seedOf } from '../walk/dice.ts'
import { accountOf, activeCount, type Told } from './account.ts'
import { faultsIn } from './checks.ts'
import { Errands } from './errands.ts'
import { ACCOUNT, houseIn, TOKEN } from './house.ts'
import { Journal } from './journal.ts'
import { leftovers } from './leftovers.ts'
import { Line } from './line.ts'
import { Outside } from './outside.ts'
import { people } from './people.ts'
import { Reaper } from './reaper.ts'
import { ServerLives } from './server-lives.ts'
import { type Situations, situationsIn } from './situations.ts'
import { Post, type World } from './world.ts'

/** How long, from which seed, and how the server is run. */
export interface Torment {
  readonly ms: number
  readonly seed: number
  /** Node's arguments up to the command. */
  readonly words: readonly string[]
  /** Which share of the server's lives is ended by SIGTERM; the others by SIGKILL. */
  readonly stops: number
  /** The URL of an empty database; of a file in the folder, where it is left out. */
  readonly database?: string | undefined
}

/** What came of it. */
export interface Outcome {
  /** What is wrong, in sentences. */
  readonly faults: readonly string[]
  readonly situations: Situations
  /** Where the flows, the database and the server's log are. */
  readonly folder: string
}

/** Runs a server under load, kills it again and again, and holds its own account against what the outside has seen. */
export async function torture(torment: Torment): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'torture-'))
  const scene = await sceneIn(folder, torment)
  try {
    const account = await endured(scene, torment)
    const code = await scene.server.stop()
    const left = await leftovers(scene.database)
    scene.journal.expectStopped(code)
    return {
      faults: [...faultsIn(scene.journal, account), ...left, ...scene.server.sudden],
      situations: situationsIn(scene.journal, account),
      folder,
    }
  } finally {
    scene.server.close()
    scene.outside.close()
  }
}

interface Scene {
  readonly database: string
  readonly journal: Journal
  readonly outside: Outside
  readonly server: ServerLives
  readonly reaper: Reaper
  readonly errands: Errands
  readonly world: World
}

async function sceneIn(folder: string, { seed, words, stops, ...given }: Torment): Promise<Scene> {
  const { database = `sqlite:${join(folder, 'trunkline.db')}` } = given
  const journal = new Journal()
  const post = new Post()
  const outside = new Outside({
    dice: dice(seedOf(seed, 'outside')),
    journal,
    onMoment: () => reaper.moment(),
    onDone: (asked, resource) => errands.run(asked, resource),
  })
  await outside.open()
  const house = await houseIn(folder, { outside: outside.url, database })
  const server = new ServerLives({ words, folder, settings: house.settings, log: join(folder, 'server.log') })
  const spared = database.startsWith('sqlite:') ? 0 : MISSED_AFTER_MS
  const reaper = new Reaper({ server, journal, stops, spared, dice: dice(seedOf(seed, 'reaper')) })
  const line = new Line({ origin: house.origin, token: TOKEN, account: ACCOUNT, journal })
  const world: World = {
    line,
    journal,
    pause: sleep,
    longLife: () => reaper.longLife(),
    written: (to) => post.next(to),
  }
  const errands = new Errands(world, post, dice(seedOf(seed, 'errands')))
  return { database, journal, outside, server, reaper, errands, world }
}

/** When an instance of several is certainly missed. */
const MISSED_AFTER_MS = 8_000

/** The time of torture, then a time of rest in which everything comes to its end; gives the server's account. */
async function endured({ reaper, errands, world }: Scene, { ms, seed }: Torment): Promise<readonly Told[]> {
  const until = Date.now() + ms
  await Promise.all([reaper.reap(until), people(world, seed, until)])
  const latest = Date.now() + REST_MS
  do {
    await errands.done()
    await sleep(200)
  } while (Date.now() < latest && (await activeCount(world.line)) > 0)
  await sleep(500) // what is done after the end of an execution
  return accountOf(world.line)
}

/** The longest time that the flows wait for somebody, and what is asked of the carrier with patience. */
const REST_MS = 40_000
