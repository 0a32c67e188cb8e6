// Is loaded into a server by --import, beside --expose-gc: at SIGWINCH it writes down what is left after a collection.
import { writeFileSync } from 'node:fs'
import { getHeapCodeStatistics } from 'node:v8'

/** V8 forgets the code of a function that has not run during so many collections. */
const UNTIL_CODE_IS_OLD = 10

process.on('SIGWINCH', () => {
  for (let times = 0; times < UNTIL_CODE_IS_OLD; times++) globalThis.gc()
  writeFileSync(process.env.HEAP_FILE, String(process.memoryUsage().heapUsed - ofCode()))
})

/** Bytes of what is compiled: V8 goes on compiling for as long as it runs, and nothing of that is kept for a request. */
function ofCode() {
  const { code_and_metadata_size: code, bytecode_and_metadata_size: bytecode } = getHeapCodeStatistics()
  return code + bytecode
}
