/** A problem of a flow: where it is, what was found and expected, and what helps. */
export interface Issue {
  /** A flow with an error is refused; one with warnings runs. */
  readonly severity: 'error' | 'warning'
  /** The rule that is broken, in kebab-case. */
  readonly rule: string
  /** A JSON pointer into the definition: `#/states/3/properties/timeout`. */
  readonly path: string
  /** Where in the text at that path, in UTF-16 units; at its beginning when absent. */
  readonly offset?: number
  /** The name of the widget it is about. */
  readonly widget?: string
  readonly message: string
  readonly hint?: string
}

/** A problem before it is known how strictly the flow is judged. */
export interface Finding extends Omit<Issue, 'severity'> {
  /** `studio`: Studio's validator refuses it, but the flow can run; `strict`: not worth a warning even so. */
  readonly gravity: 'error' | 'studio' | 'strict' | 'warning'
}

/** How strictly a flow is judged. */
export interface Judging {
  /** Refuse whatever Studio's own validator would refuse. */
  readonly strict?: boolean
}

/** Turns findings into issues. */
export function judged(findings: readonly Finding[], { strict = false }: Judging): Issue[] {
  return findings.flatMap(({ gravity, ...finding }) => {
    if (gravity === 'strict' && !strict) return []
    const warning = gravity === 'warning' || (gravity === 'studio' && !strict)
    return [{ severity: warning ? 'warning' : 'error', ...finding }]
  })
}

/** Whether these issues leave a flow that can be used. */
export function acceptable(issues: readonly Issue[]): boolean {
  return issues.every(({ severity }) => severity !== 'error')
}

/** The JSON pointer of a path, as a URL fragment. */
export function pointer(path: readonly PropertyKey[]): string {
  return ['#', ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')
}

/** The path of a JSON pointer that `pointer` made; places in lists are numbers. */
export function pathIn(text: string): (string | number)[] {
  return keysIn(text).map((key) => (/^(0|[1-9]\d*)$/.test(key) ? Number(key) : key))
}

/** The keys of a JSON pointer that `pointer` made. */
export function keysIn(text: string): readonly string[] {
  const [, ...keys] = text.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys
}
