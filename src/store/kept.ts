const everything = new Set<object>()

/**
 * Keeps a database or a statement from the garbage collector: Node 24 aborts the process when it takes one of
 * better-sqlite3 12 (`RemoveEnvironmentCleanupHook`, "Assertion failed: (env) != nullptr"). Use `exec` for a
 * pragma: `pragma()` makes a statement that nobody can keep.
 */
export function kept<Native extends object>(native: Native): Native {
  everything.add(native)
  return native
}
