/** What a parse comes by, for whoever asks what a template refers to. */
export class Notes {
  readonly reads: NotedRead[] = []
  readonly filters: NotedFilter[] = []
  /** The variables that the template makes itself. */
  readonly locals = new Set<string>()
}

/** A variable that is read; what stands around it becomes known after it. */
export interface NotedRead {
  readonly path: readonly (string | undefined)[]
  readonly offset: number
  readonly filters: string[]
  isTested: boolean
}

interface NotedFilter {
  readonly name: string
  readonly offset: number
}
