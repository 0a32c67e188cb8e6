import { parseArgs } from 'node:util'
import { torture } from './torture.ts'

const USAGE = 'usage: npm run torture -- [--minutes N] [--seed S] [--stop]'

const { minutes, seed, end } = asked()
const began = Date.now()
const { faults, figures, folder } = await torture({ ms: minutes * 60_000, seed, end, words: ['dist/cli.js'] })
for (const fault of faults) console.log(`FAULT ${fault}`)
const counts = Object.entries(figures).map(([name, count]) => `${count} ${name}`)
const seconds = Math.round((Date.now() - began) / 1000)
console.log(`${counts.join(', ')}; ${faults.length} faults in ${seconds} s from seed ${seed}; see ${folder}`)
process.exit(faults.length > 0 ? 1 : 0)

/** What was typed; a mistake ends the process with a line that names it. */
function asked() {
  const { values } = typed()
  const end = values.stop ? 'SIGTERM' : 'SIGKILL'
  return { minutes: number('--minutes', values.minutes), seed: number('--seed', values.seed), end } as const
}

function typed() {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        stop: { type: 'boolean', default: false },
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
