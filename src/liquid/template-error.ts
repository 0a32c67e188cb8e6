/** What a template cannot do: shown to the author of the flow, as warning 81018. */
export class TemplateError extends Error {
  /** Where in the template, as far as it is known while it is parsed. */
  readonly offset: number | undefined

  constructor(message: string, offset?: number) {
    super(message)
    this.offset = offset
  }
}
