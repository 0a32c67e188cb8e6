import { type Element, elementsIn } from './element.ts'

/** The `<Parameter>` children of a noun, by their names. */
export function parametersIn(noun: Element): Readonly<Record<string, string>> {
  const parameters = elementsIn(noun).filter(({ name }) => name === 'Parameter')
  return Object.fromEntries(parameters.map(({ attributes: { name = '', value = '' } }) => [name, value]))
}
