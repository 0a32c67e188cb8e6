import type { Form } from '../../signature/signature.ts'
import { jsonObjectIn } from '../json-object.ts'
import { one } from './parameters.ts'
import { invalid } from './refused.ts'

/** Templates are kept at the carrier and unknown here: the name and the values stand for the text. */
export function contentIn(form: Form): string {
  const sid = one(form, 'ContentSid')
  if (sid === undefined) return ''
  if (!sid.startsWith('HX'))
    throw invalid(21655, `ContentSid is ${JSON.stringify(sid)}; expected HX and 32 hexadecimal digits`)
  const variables = one(form, 'ContentVariables')
  if (variables === undefined) return sid
  if (!jsonObjectIn(variables)) throw invalid(21656, `ContentVariables is ${variables}; expected a JSON object`)
  return `${sid} ${variables}`
}
