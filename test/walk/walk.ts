import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { newDatabase } from '../support/postgres/databases.ts'
import { startServer } from '../support/postgres/server.ts'
import { walkFolder } from './walk-folder.ts'

const USAGE =
  'usage: npm run walk -- <folder> [--seed N] [--walks M] [--flow NAME] [--database sqlite|postgres] [--verbose]'

const DATABASES: ReadonlySet<string> = new Set(['sqlite', 'postgres'])

const { folder, seed, walks, flow, verbose, database } = asked()

const server = database === 'postgres' ? await startServer() : undefined

const began = Date.now()
const { failures, refused, ...made } = await walkFolder(
  { folder, seed, walks, flow, verbose, ...(server && { database: () => newDatabase(server.url) }) },
  ({ flow, seed, fault }) => console.log(`FAILED ${flow} (--seed ${seed} --walks 1 --flow ${flow}): ${fault}`),
)
if (flow === undefined) for (const { file, reason } of refused) console.log(`not a flow: ${file}: ${reason}`)
const failing = new Set(failures.map((failure) => failure.flow))
const seconds = ((Date.now() - began) / 1000).toFixed(1)
const { flows, widgets, visited, inParts } = made
console.log(
  `${flows} flows, ${made.walks} walks in ${seconds} s from seed ${seed}: ${failing.size} flows failed, ` +
    `${visited} of ${widgets} widgets visited, ${inParts} answers in parts, ${refused.length} files are no flows`,
)
await server?.stop()
process.exit(failures.length > 0 || flows === 0 ? 1 : 0)

/** What was typed; a mistake ends the process with a line that names it. */
function asked() {
  const { values, positionals } = typed()
  const [folder = ''] = positionals
  if (positionals.length !== 1) misused(`${positionals.length} folders named, one expected`)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) misused(`${JSON.stringify(folder)} is no folder`)
  if (!DATABASES.has(values.database))
    misused(`--database is ${JSON.stringify(values.database)}, sqlite or postgres expected`)
  return { ...values, folder, seed: whole('--seed', values.seed, 0), walks: whole('--walks', values.walks, 1) }
}

function typed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string', default: '1' },
        walks: { type: 'string', default: '5' },
        flow: { type: 'string' },
        database: { type: 'string', default: 'sqlite' },
        verbose: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error))
  }
}

function whole(name: string, text: string, least: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  return number >= least ? number : misused(`${name} is ${JSON.stringify(text)}, a whole number from ${least} expected`)
}

function misused(problem: string): never {
  console.error(`${problem}\n${USAGE}`)
  process.exit(2)
}
