/** What a template cannot do: shown to the author of the flow, as warning 81018. */
export class TemplateError extends Error {}
