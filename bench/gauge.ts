/** Loaded into a contender before its own code: tells over the control line what the process has used so far. */
process.on('message', (wish) => process.send?.(wish === 'memory' ? memory() : usage()))
process.on('disconnect', () => process.exit()) // nobody is left behind by a bench that broke off
process.channel?.unref() // it keeps nobody alive

/** What a process has used: CPU in microseconds, and what went to the disk in bytes. */
export interface Usage {
  readonly cpu: number
  readonly written: number
}

function usage(): Usage {
  const { userCPUTime, systemCPUTime, fsWrite } = process.resourceUsage()
  return { cpu: userCPUTime + systemCPUTime, written: fsWrite * BLOCK }
}

/** Bytes, without garbage; collecting it costs CPU that is no request's. */
function memory(): number {
  globalThis.gc?.()
  return process.memoryUsage.rss()
}

/** In which the kernel counts. */
const BLOCK = 512
