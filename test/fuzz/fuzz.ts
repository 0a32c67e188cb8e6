import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServerLives } from '../torture/server-lives.ts'
import { dice, seedOf } from '../walk/dice.ts'
import { Asker } from './asker.ts'
import { corpus, type Shape } from './corpus.ts'
import { homeIn } from './home.ts'
import { faultsOfLog } from './log.ts'
import { faultsOfMemory, heapOf, OBSERVED } from './memory.ts'
import { mutated } from './mutate.ts'
import { fillMemory, tidy } from './tidy.ts'

/** How much is asked, from which seed, and how the server is run. */
export interface Fuzzing {
  readonly requests: number
  readonly seed: number
  /** Node's arguments up to the command. */
  readonly words: readonly string[]
}

/** What came of it. */
export interface Outcome {
  /** What is wrong, in sentences. */
  readonly faults: readonly string[]
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>
  /** Bytes of the heap after each tenth of the requests and a collection. */
  readonly heap: readonly number[]
  /** Where the database and the server's log are. */
  readonly folder: string
}

/** Asks a real server the corpus, then what can be made of it, and looks at its answers, its memory and its log. */
export async function fuzz({ requests, seed, words }: Fuzzing): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  const log = join(folder, 'server.log')
  const { origin, settings } = await homeIn(folder)
  const HEAP_FILE = join(folder, 'heap')
  const server = new ServerLives({ words: [...OBSERVED, ...words], folder, settings: { ...settings, HEAP_FILE }, log })
  try {
    if (!(await server.begin())) throw new Error(`the server did not begin; its log is ${log}`)
    if (requests >= TELLING) await fillMemory(origin)
    const round = new Round(origin, seed)
    const heap: number[] = []
    for (let tenth = 0; tenth < TENTHS; tenth++) {
      await round.ask((requests * tenth) / TENTHS, (requests * (tenth + 1)) / TENTHS)
      await round.judgeAccess()
      await tidy(origin)
      heap.push(await heapOf(server, HEAP_FILE))
    }
    round.close()
    await server.stop()
    const faults = [
      ...round.faults,
      ...faultsOfLog(readFileSync(log, 'utf8')),
      ...(requests >= TELLING ? faultsOfMemory(heap, requests / TENTHS) : []),
      ...server.sudden,
    ]
    return { faults, statuses: round.statuses, heap, folder }
  } finally {
    server.close()
  }
}

const TENTHS = 10
/** Fewer are over before all code is compiled that they run. */
const TELLING = 50_000
/** As many requests are under way at once. */
const AT_ONCE = 16

class Round {
  readonly origin: string
  readonly faults: string[] = []
  readonly statuses: Record<string, number> = {}
  readonly #seed: number
  readonly #asker: Asker

  constructor(origin: string, seed: number) {
    this.origin = origin
    this.#seed = seed
    this.#asker = new Asker(origin)
  }

  /** Asks the requests of these numbers. */
  async ask(from: number, to: number): Promise<void> {
    let number = Math.floor(from)
    const worker = async () => {
      while (number < Math.floor(to)) await this.#one(number++)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  }

  /** Many of the requests show wrong credentials: if those shut out the right ones, nothing behind them was asked. */
  async judgeAccess(): Promise<void> {
    if (!(await this.#asker.isLetIn())) this.faults.push('the right credentials are not let in any more')
  }

  close(): void {
    this.#asker.close()
  }

  /** The same number asks the same, but for the sids that were seen. */
  async #one(number: number): Promise<void> {
    const die = dice(seedOf(this.#seed, number))
    const shape = corpus[number] ?? mutated(die.pick(corpus), die)
    try {
      const { status, retryAfter } = await this.#asker.ask(shape, die)
      this.statuses[status] = (this.statuses[status] ?? 0) + 1
      const isDeliberate = status === 503 && retryAfter !== undefined
      if (status >= 500 && !isDeliberate) this.#fault(number, shape, `answered ${status}`)
    } catch (error) {
      if (!isTooLarge(shape)) this.#fault(number, shape, String(error))
    }
  }

  #fault(number: number, shape: Shape, what: string): void {
    this.faults.push(`request ${number}: ${what}: ${JSON.stringify(shape)}`)
  }
}

/** Who sends more headers than are read is answered 431 and cut off, perhaps before the answer could be read. */
function isTooLarge({ headers = [] }: Shape): boolean {
  return headers.flat().join('').length > MOST_HEADERS
}

const MOST_HEADERS = 60_000
