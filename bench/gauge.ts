/** Loaded into a contender before its own code: tells over the control line what the process has used so far. */
process.on('message', () => process.send?.(usage()))
process.on('disconnect', () => process.exit()) // nobody is left behind by a bench that broke off
process.channel?.unref() // it keeps nobody alive

/** What a process has used: CPU in microseconds, memory and what went to the disk in bytes. */
export interface Usage {
  readonly cpu: number
  readonly memory: number
  readonly written: number
}

function usage(): Usage {
  globalThis.gc?.()
  const { userCPUTime, systemCPUTime, fsWrite } = process.resourceUsage()
  return { cpu: userCPUTime + systemCPUTime, memory: process.memoryUsage.rss(), written: fsWrite * BLOCK }
}

/** In which the kernel counts. */
const BLOCK = 512
