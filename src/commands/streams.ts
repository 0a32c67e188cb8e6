/** Where a command writes what was asked for, and what goes wrong. */
export interface Streams {
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly errors: NodeJS.WritableStream
}
