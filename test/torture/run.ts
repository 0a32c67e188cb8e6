import { parseArgs } from 'node:util'
import { newDatabase } from '../support/postgres/databases.ts'
import { startServer } from '../support/postgres/server.ts'
import { unseenIn } from './situations.ts'
import { torture } from './torture.ts'

/** Of the lives of a server, where they do not all end so. */
const STOPS = 0.15
const USAGE = 'usage: npm run torture -- [--minutes N] [--seed S] [--stop] [--postgres]'

const { minutes, seed, stops, isPostgres } = asked()
const server = isPostgres ? await startServer() : undefined
const database = server && (await newDatabase(server.url))
const began = Date.now()
const torment = { ms: minutes * 60_000, seed, stops, words: ['dist/cli.js'], database }
const { faults, situations, folder } = await torture(torment)
await server?.stop()
for (const fault of faults) console.log(`FAULT ${fault}`)
for (const [name, count] of Object.entries(situations)) console.log(`${String(count).padStart(7)}  ${name}`)
const unseen = unseenIn(situations, { kills: stops < 1, stops: stops > 0 })
for (const name of unseen) console.log(`NEVER SEEN ${name}: a longer run is needed`)
const seconds = Math.round((Date.now() - began) / 1000)
console.log(`${faults.length} faults in ${seconds} s from seed ${seed}; see ${folder}`)
process.exit(faults.length + unseen.length > 0 ? 1 : 0)

/** What was typed; a mistake ends the process with a line that names it. */
function asked() {
  const { values } = typed()
  const stops = values.stop ? 1 : STOPS
  const [minutes, seed] = [number('--minutes', values.minutes), number('--seed', values.seed)]
  return { minutes, seed, stops, isPostgres: values.postgres }
}

function typed() {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string', default: '1' },
        stop: { type: 'boolean', default: false },
        postgres: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error))
  }
}

function number(name: string, text: string): number {
  const value = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : 0
  return value > 0 ? value : misused(`${name} is ${JSON.stringify(text)}, a number above 0 expected`)
}

function misused(problem: string): never {
  console.error(`${problem}\n${USAGE}`)
  process.exit(2)
}
