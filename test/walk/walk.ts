import { parseArgs } from 'node:util'
import { walkFolder } from './walk-folder.ts'

const USAGE = 'usage: npm run walk -- <folder> [--seed N] [--walks M] [--flow NAME] [--verbose]'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    walks: { type: 'string', default: '5' },
    flow: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
const [folder] = positionals
const seed = Number(values.seed)
const walks = Number(values.walks)
if (folder === undefined || !Number.isInteger(seed) || !Number.isInteger(walks)) {
  console.error(USAGE)
  process.exit(2)
}

const began = Date.now()
const { flow, verbose } = values
const { failures, refused, ...made } = await walkFolder(
  { folder, seed, walks, flow, verbose },
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
process.exit(failures.length > 0 || flows === 0 ? 1 : 0)
