/** What one process of functions may take. */
export interface ChildLimits {
  /** How long one call may take, loading included. */
  readonly timeoutMs: number
  /** For what JavaScript keeps in memory. */
  readonly memoryMb: number
  /** The largest body of an answer. */
  readonly answerBytes: number
}

/** What functions may take. */
export interface FunctionLimits extends ChildLimits {
  /** How many calls may run at once. */
  readonly atOnce: number
  /** After how long without a call a process is given up, but for the one to spare; a minute by default. */
  readonly idleMs?: number
  /** After how many calls a process is given up: whatever it has piled up goes with it; a million by default. */
  readonly callsPerChild?: number
}

/** The same, with nothing left open. */
export type PoolLimits = Required<FunctionLimits>
