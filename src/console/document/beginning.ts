import { type FlowText, flowIn } from './import.ts'
import { EMPTY_FLOW } from './new-widget.ts'

/** What a new flow begins with: a trigger alone, a template, or JSON. */
export type Beginning =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'json'; readonly text: string }

type Template = Pick<FlowText, 'definition'> & { readonly title: string }

/** The flow that a beginning makes, and the name that suits it; says in words why there is none. */
export function begun(beginning: Beginning): FlowText | { readonly problem: string } {
  switch (beginning.kind) {
    case 'scratch':
      return { name: undefined, definition: EMPTY_FLOW }
    case 'template':
      return { name: beginning.template.title, definition: beginning.template.definition }
    case 'json':
      return flowIn(beginning.text)
    default:
      return beginning satisfies never
  }
}
