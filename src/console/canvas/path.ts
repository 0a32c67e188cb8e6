/** The way of an execution over the canvas. */
export interface Path {
  /** Which steps were taken at a widget, by its id. */
  readonly steps: ReadonlyMap<string, readonly number[]>
  /** The ids of the edges that were followed. */
  readonly edges: ReadonlySet<string>
}

/** What the edge of an exit is known by; the key is the exit's. */
export function edgeId(widget: string, key: string): string {
  return `${widget}/${key}`
}
