// Is loaded into a server by --import, beside --expose-gc: at SIGWINCH it writes down what is left after a collection.
import { writeFileSync } from 'node:fs'

/** V8 forgets the code of a function that has not run during so many collections: how much there is of it would say nothing of what is kept. */
const UNTIL_CODE_IS_OLD = 10

process.on('SIGWINCH', () => {
  for (let times = 0; times < UNTIL_CODE_IS_OLD; times++) globalThis.gc()
  writeFileSync(process.env.HEAP_FILE, String(process.memoryUsage().heapUsed))
})
