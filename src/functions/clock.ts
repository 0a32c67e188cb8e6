/** Milliseconds of a clock that goes on steadily, and is the same in every process of the machine. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
