import { Refusal } from '../../errors.ts'
import type { Revision, RevisionName } from '../../store/saved-flow.ts'
import { PAGE_QUERY, pageShape } from '../openapi/shapes.ts'
import { cut, pageOf, windowIn } from '../page.ts'
import { shortened } from '../parameters.ts'
import { notFound, ok, type Resource } from '../resource.ts'
import { revisionInList, revisionResource } from './flow-resource.ts'
import { type FlowParts, flowIn, showing } from './flows.ts'
import { LISTED_REVISION, REVISION } from './shapes.ts'

/** `/v2/Flows/{Sid}/Revisions`: the revisions of a flow, newest first. */
export function revisions(parts: FlowParts): Resource {
  return {
    path: '/v2/Flows/:flow/Revisions',
    about: {
      GET: {
        summary: 'Lists revisions, newest first',
        query: PAGE_QUERY,
        answer: pageShape('revisions', LISTED_REVISION),
      },
    },
    async GET(asked) {
      const { flow } = await flowIn(asked, parts)
      const window = windowIn(asked.query)
      const items = cut(await parts.store.revisions(flow.sid), listed, window)
      const show = (item: Revision) => revisionInList(flow, item, showing(asked, parts))
      return ok(pageOf(asked, { key: 'revisions', items, window, listed, show }))
    },
  }
}

/** `/v2/Flows/{Sid}/Revisions/{Revision}`: a number, `LatestPublished` or `LatestRevision`. */
export function revision(parts: FlowParts): Resource {
  return {
    path: '/v2/Flows/:flow/Revisions/:revision',
    about: { GET: { summary: 'Shows a revision: a number, LatestPublished or LatestRevision', answer: REVISION } },
    async GET(asked) {
      const { flow } = await flowIn(asked, parts)
      const found = await parts.store.revision(flow.sid, nameIn(asked.ids.revision ?? ''))
      if (!found) throw notFound(asked)
      return ok(revisionResource(flow, found, showing(asked, parts)))
    },
  }
}

/** Revisions of one moment stay in the order of their numbers. */
function listed({ flowSid: sid, revision: at }: Revision) {
  return { sid, at }
}

function nameIn(text: string): RevisionName {
  if (text === 'LatestPublished' || text === 'LatestRevision') return text
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  const expected = 'expected a whole number, LatestPublished or LatestRevision'
  throw new Refusal('invalidRevision', `The revision is ${JSON.stringify(shortened(text))}; ${expected}`)
}
