import type { Spot } from './linted-flow.ts'
import { spotsOf } from './linted-flow.ts'
import { type Found, type Rule, widgets } from './rule.ts'
import { variablesOf } from './set-variables.ts'
import { LIQUID_NAME } from './template-place.ts'

export const nameBreaksLiquid: Rule = {
  id: 'name-breaks-liquid',
  summary: 'The name of a widget or a variable cannot be written in a template.',
  gravities: ['warning'],
  why: 'A path such as `{{widgets.NAME.Digits}}` takes letters of ASCII, digits, `_` and `-`, with a letter or `_` first. With blanks, points or other letters the template does not parse; the name can be reached as `widgets["NAME"]` only.',
  bad: widgets('{ "name": "main menu", "type": "say-play", "properties": { "say": "Hello" }, "transitions": [] }'),
  good: widgets('{ "name": "main_menu", "type": "say-play", "properties": { "say": "Hello" }, "transitions": [] }'),

  find: ({ definition }) => spotsOf(definition).flatMap((spot) => [...badName(spot), ...badVariables(spot)]),
}

function badName({ widget: { name }, path }: Spot): Found[] {
  if (isFine(name)) return []
  const message = `'${name}' cannot be written as {{widgets.NAME}}: ${expected}`
  return [{ path: path('name'), widget: name, message, ...renaming(name) }]
}

/** What a deployment fills in, `${name}`, is not known yet. */
function isFine(name: string): boolean {
  return LIQUID_NAME.test(name) || name.includes('${')
}

const expected = "a letter or '_' expected first, then letters, digits, '_' or '-'"

function badVariables({ widget, path }: Spot): Found[] {
  return variablesOf(widget).flatMap(({ key }, index) => {
    if (key === '' || isFine(key)) return []
    const message = `the variable '${key}' cannot be written as {{flow.variables.NAME}}: ${expected}`
    return [{ path: path('properties', 'variables', index, 'key'), widget: widget.name, message, ...renaming(key) }]
  })
}

function renaming(name: string): { hint?: string } {
  const better = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w-]+/g, '_')
    .replace(/^(?=[\d-])/, '_')
  return LIQUID_NAME.test(better) && better !== '_' ? { hint: `rename it, to '${better}' for one` } : {}
}
