// Is loaded into a server by --import, beside --expose-gc: at SIGWINCH it writes down what is left after a collection.
import { writeFileSync } from 'node:fs'

process.on('SIGWINCH', () => {
  globalThis.gc()
  writeFileSync(process.env.HEAP_FILE, String(process.memoryUsage().heapUsed))
})
