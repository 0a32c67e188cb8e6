import { ownText } from '../document/element.ts'
import { problem } from './dictionary.ts'
import type { Rule } from './rule.ts'
import { METHOD, under, url } from './values.ts'

/** Redirect, in calls and in messages; without an URL, to the document that it stands in (twiml.md 4.8 and 5). */
export const REDIRECT: Rule = {
  attributes: { method: under(13710, METHOD) },
  text: url(),
  whole: (redirect, base) =>
    base === undefined && ownText(redirect) === ''
      ? [problem(15004, '<Redirect> is empty, and this TwiML came from no URL; expected an absolute URL')]
      : [],
}
