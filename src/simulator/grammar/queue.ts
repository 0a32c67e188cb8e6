import { type Element, elementsIn, ownText } from '../document/element.ts'
import { jsonObjectIn } from '../json-object.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import type { Rule } from './rule.ts'
import { atMost, check, like, METHOD, under, url, whole } from './values.ts'

const JSON_OBJECT = check('a JSON object', (value) => jsonObjectIn(value) !== undefined)

const TASK: Rule = {
  attributes: { priority: like(/^\s*-?\d+\s*$/, 'an integer'), timeout: whole(0) },
  text: under(14221, JSON_OBJECT),
}

/** Characters of the name of a queue (twiml.md 4.7). */
export const LONGEST_NAME = 64

/** Enqueue (twiml.md 4.7). */
export const ENQUEUE: Rule = {
  attributes: {
    action: url(14203),
    method: under(14201, METHOD),
    waitUrl: url(14202),
    waitUrlMethod: under(14206, METHOD),
    workflowSid: under(14220, like(/^WW[0-9a-f]{32}$/, 'the sid of a workflow, WW and 32 hexadecimal digits')),
    maxQueueSize: whole(1),
  },
  children: { Task: TASK },
  text: under(14205, atMost(LONGEST_NAME)),
  whole: (enqueue) => [...placed(enqueue), ...tasks(enqueue)],
}

/** A queue has a name, unless a workflow finds one. */
function placed(enqueue: Element): Problem[] {
  const name = ownText(enqueue)
  const { workflowSid } = enqueue.attributes
  if (workflowSid === undefined)
    return name === '' ? [problem(14204, '<Enqueue> holds no name; expected a queue or workflowSid')] : []
  const shown = JSON.stringify(name.slice(0, 80))
  return name === '' ? [] : [problem(12200, `the text ${shown} of <Enqueue> is not used where there is a workflowSid`)]
}

function tasks(enqueue: Element): Problem[] {
  const { length } = elementsIn(enqueue).filter(({ name }) => name === 'Task')
  if (length > 1) return [problem(12200, `<Enqueue> holds ${length} <Task>; expected one at most`)]
  if (length === 0 || enqueue.attributes.workflowSid !== undefined) return []
  return [problem(12200, '<Task> stands in an <Enqueue> without workflowSid, where nothing takes it')]
}

/** Queue, in Dial (twiml.md 4.6); a reservation names its caller itself. */
export const DIALLED_QUEUE: Rule = {
  attributes: {
    url: url(14211),
    method: under(14210, METHOD),
    reservationSid: under(14215, like(/^WR[0-9a-f]{32}$/, 'the sid of a reservation, WR and 32 hexadecimal digits')),
    postWorkActivitySid: like(/^WA[0-9a-f]{32}$/, 'the sid of an activity, WA and 32 hexadecimal digits'),
  },
  text: under(14213, atMost(LONGEST_NAME)),
  whole: named,
}

function named(queue: Element): Problem[] {
  if (ownText(queue) !== '' || queue.attributes.reservationSid !== undefined) return []
  return [problem(14212, '<Queue> holds no name; expected that of a queue')]
}
