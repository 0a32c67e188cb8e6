import { fromColumn, toColumn } from './column.ts'
import { must, NothingTouched, type Sql, type Statement, statement } from './sql.ts'
import type { NewRevision, Revision, RevisionName, RevisionStatus, SavedFlow, Store } from './store.ts'

/** Flows and their revisions. */
export function flowQueries(sql: Sql): Pick<Store, 'flows' | 'flow' | 'revision' | 'revisions' | 'saveRevision'> {
  return {
    async flows() {
      const rows = await sql.rows<FlowRow>(`${FLOWS} order by friendly_name, sid`)
      return rows.map(flowOf)
    },
    async flow(sid) {
      const [row] = await sql.rows<FlowRow>(`${FLOWS} where sid = $1`, toColumn(sid))
      return row && flowOf(row)
    },
    revision: (flowSid, name) => revisionNamed(sql, flowSid, name),
    async revisions(flowSid) {
      const rows = await sql.rows<RevisionRow>(`${REVISIONS} order by revision desc`, toColumn(flowSid))
      return rows.map(revisionOf)
    },
    saveRevision: (draft) => saveRevision(sql, draft),
  }
}

const FLOWS = `select sid, friendly_name, flows.created_at, updated_at, revision, status from flows
  join revisions on flow_sid = sid and revision = (select max(revision) from revisions where flow_sid = sid)`

interface FlowRow {
  sid: string
  friendly_name: string
  created_at: number
  updated_at: number
  revision: number
  status: RevisionStatus
}

function flowOf({ sid, friendly_name, created_at, updated_at, revision, status }: FlowRow): SavedFlow {
  return {
    sid: fromColumn(sid),
    friendlyName: fromColumn(friendly_name),
    revision,
    status,
    createdAt: created_at,
    updatedAt: updated_at,
  }
}

const REVISIONS = `select flow_sid, revision, status, definition, commit_message, created_at from revisions where flow_sid = $1`
const NEWEST = 'order by revision desc limit 1'

interface RevisionRow {
  flow_sid: string
  revision: number
  status: RevisionStatus
  definition: string
  commit_message: string | null
  created_at: number
}

function revisionOf(row: RevisionRow): Revision {
  return {
    flowSid: fromColumn(row.flow_sid),
    revision: row.revision,
    status: row.status,
    definition: JSON.parse(row.definition),
    ...(row.commit_message !== null && { commitMessage: fromColumn(row.commit_message) }),
    createdAt: row.created_at,
  }
}

async function revisionNamed(sql: Sql, flowSid: string, name: RevisionName): Promise<Revision | undefined> {
  if (name === 'LatestRevision') return newest(sql, flowSid)
  if (name === 'LatestPublished') return newest(sql, flowSid, 'published')
  const [row] = await sql.rows<RevisionRow>(`${REVISIONS} and revision = $2`, toColumn(flowSid), name)
  return row && revisionOf(row)
}

async function newest(sql: Sql, flowSid: string, status?: RevisionStatus): Promise<Revision | undefined> {
  const [row] = status
    ? await sql.rows<RevisionRow>(`${REVISIONS} and status = $2 ${NEWEST}`, toColumn(flowSid), status)
    : await sql.rows<RevisionRow>(`${REVISIONS} ${NEWEST}`, toColumn(flowSid))
  return row && revisionOf(row)
}

async function saveRevision(sql: Sql, draft: NewRevision): Promise<Revision> {
  const definition = JSON.stringify(draft.definition)
  const held = await newest(sql, draft.sid, draft.status)
  if (held && JSON.stringify(held.definition) === definition) {
    await sql.commit([renamed(draft)])
    return held
  }
  const revision = ((await newest(sql, draft.sid))?.revision ?? 0) + 1
  try {
    await sql.commit([flowKept(draft), revisionAdded(draft, revision, definition)])
  } catch (error) {
    if (error instanceof NothingTouched) return saveRevision(sql, draft) // another process took the number
    throw error
  }
  const { sid: flowSid, status, commitMessage, at: createdAt } = draft
  return { flowSid, revision, status, definition: draft.definition, commitMessage, createdAt }
}

function renamed({ sid, friendlyName, at }: NewRevision): Statement {
  const text = 'update flows set friendly_name = $2, updated_at = $3 where sid = $1 and friendly_name <> $2'
  return statement(text, toColumn(sid), toColumn(friendlyName), at)
}

function flowKept({ sid, friendlyName, at }: NewRevision): Statement {
  return statement(
    `insert into flows (sid, friendly_name, created_at, updated_at) values ($1, $2, $3, $3)
     on conflict (sid) do update set friendly_name = excluded.friendly_name, updated_at = excluded.updated_at`,
    toColumn(sid),
    toColumn(friendlyName),
    at,
  )
}

function revisionAdded(
  { sid, status, commitMessage, at }: NewRevision,
  revision: number,
  definition: string,
): Statement {
  return must(
    `insert into revisions (flow_sid, revision, status, definition, commit_message, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    toColumn(sid),
    revision,
    status,
    definition,
    commitMessage === undefined ? null : toColumn(commitMessage),
    at,
  )
}
