import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

const USAGE = 'usage: npm run fuzz -- [--requests N] [--seed S]'

const asked = { requests: number('requests', '10000'), seed: number('seed', '1') }
const began = Date.now()
const { faults, statuses, heap, folder } = await fuzz({ ...asked, words: ['dist/cli.js'] })
for (const fault of faults.slice(0, 50)) console.log(`FAULT ${fault}`)
const counts = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`)
const seconds = Math.round((Date.now() - began) / 1000)
console.log(`${asked.requests} requests in ${seconds} s from seed ${asked.seed}: ${counts.join(', ')}`)
const megabytes = heap.map((bytes) => (bytes / 2 ** 20).toFixed(1))
console.log(`heap after each tenth, MB: ${megabytes.join(', ')}; ${faults.length} faults; see ${folder}`)
process.exit(faults.length > 0 ? 1 : 0)

/** What was typed; a mistake ends the process with a line that names it. */
function number(name: 'requests' | 'seed', usual: string): number {
  const text = typed()[name] ?? usual
  return /^[1-9]\d{0,8}$/.test(text)
    ? Number(text)
    : misused(`--${name} is ${JSON.stringify(text)}, expected 1 or more`)
}

function typed() {
  try {
    return parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } }).values
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error))
  }
}

function misused(problem: string): never {
  console.error(`${problem}\n${USAGE}`)
  process.exit(2)
}
