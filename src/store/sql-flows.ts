import { fromColumn, toColumn } from './column.ts'
import { commitOnce } from './commit-once.ts'
import type { FlowOrigin, NewRevision, Revision, RevisionName, RevisionStatus, SavedFlow } from './saved-flow.ts'
import { must, NothingTouched, type Sql, type Statement, statement } from './sql.ts'
import { removeExecutions } from './sql-executions.ts'
import type { Store } from './store.ts'

type Queries =
  | 'flows'
  | 'flow'
  | 'revision'
  | 'revisions'
  | 'saveRevision'
  | 'addRevision'
  | 'removeFlow'
  | 'testUsers'
  | 'setTestUsers'
  | 'activity'

/** Flows and their revisions. */
export function flowQueries(sql: Sql): Pick<Store, Queries> {
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
    addRevision: (draft) => addRevision(sql, draft),
    async removeFlow(sid) {
      await removeExecutions(sql, 'flow_sid = $1', toColumn(sid))
      await sql.commit([statement('delete from flows where sid = $1', toColumn(sid))])
    },
    async testUsers(flowSid) {
      const found = 'select contact from test_users where flow_sid = $1 order by position'
      const rows = await sql.rows<{ contact: string }>(found, toColumn(flowSid))
      return rows.map(({ contact }) => fromColumn(contact))
    },
    setTestUsers: (flowSid, contacts) => sql.commit(testUsersKept(flowSid, contacts)),
    async activity() {
      const rows = await sql.rows<ActivityRow>(ACTIVITY)
      return rows.map(({ sid, active, last_at: lastAt }) => ({ flowSid: fromColumn(sid), active, lastAt }))
    },
  }
}

interface ActivityRow {
  sid: string
  active: number
  last_at: number
}

/** Two looks into an index for each flow; the executions themselves are not read. */
const ACTIVITY = `select * from (select sid,
    (select count(*) from executions where flow_sid = flows.sid and status = 'active') as active,
    (select updated_at from executions where flow_sid = flows.sid order by created_at desc, executions.sid desc limit 1) as last_at
  from flows) f where last_at is not null order by sid`

function testUsersKept(flowSid: string, contacts: readonly string[]): readonly Statement[] {
  const text = `insert into test_users (flow_sid, position, contact) values ($1, $2, $3)
     on conflict (flow_sid, position) do update set contact = excluded.contact`
  return [
    statement('delete from test_users where flow_sid = $1 and position >= $2', toColumn(flowSid), contacts.length),
    ...contacts.map((contact, index) => statement(text, toColumn(flowSid), index, toColumn(contact))),
  ]
}

const FLOWS = `select sid, friendly_name, origin, flows.created_at, updated_at, revision, status, commit_message from flows
  join revisions on flow_sid = sid and revision = (select max(revision) from revisions where flow_sid = sid)`

interface FlowRow {
  sid: string
  friendly_name: string
  origin: FlowOrigin
  created_at: number
  updated_at: number
  revision: number
  status: RevisionStatus
  commit_message: string | null
}

function flowOf(row: FlowRow): SavedFlow {
  return {
    sid: fromColumn(row.sid),
    friendlyName: fromColumn(row.friendly_name),
    revision: row.revision,
    status: row.status,
    ...(row.commit_message !== null && { commitMessage: fromColumn(row.commit_message) }),
    origin: row.origin,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
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
  return addRevision(sql, draft)
}

async function addRevision(sql: Sql, draft: NewRevision): Promise<Revision> {
  const revision = ((await newest(sql, draft.sid))?.revision ?? 0) + 1
  try {
    await commitOnce(sql, [flowKept(draft), revisionAdded(draft, revision)], async () => {
      const held = await revisionNamed(sql, draft.sid, revision)
      return held?.createdAt === draft.at && JSON.stringify(held.definition) === JSON.stringify(draft.definition)
    })
  } catch (error) {
    if (error instanceof NothingTouched) return addRevision(sql, draft) // another process took the number
    throw error
  }
  const { sid: flowSid, status, commitMessage, at: createdAt } = draft
  return { flowSid, revision, status, definition: draft.definition, commitMessage, createdAt }
}

function renamed({ sid, friendlyName, at }: NewRevision): Statement {
  const text = 'update flows set friendly_name = $2, updated_at = $3 where sid = $1 and friendly_name <> $2'
  return statement(text, toColumn(sid), toColumn(friendlyName), at)
}

function flowKept({ sid, friendlyName, at, origin = 'file' }: NewRevision): Statement {
  return statement(
    `insert into flows (sid, friendly_name, created_at, updated_at, origin) values ($1, $2, $3, $3, $4)
     on conflict (sid) do update set friendly_name = excluded.friendly_name, updated_at = excluded.updated_at`,
    toColumn(sid),
    toColumn(friendlyName),
    at,
    origin,
  )
}

function revisionAdded({ sid, status, commitMessage, at, definition }: NewRevision, revision: number): Statement {
  return must(
    `insert into revisions (flow_sid, revision, status, definition, commit_message, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    toColumn(sid),
    revision,
    status,
    JSON.stringify(definition),
    commitMessage === undefined ? null : toColumn(commitMessage),
    at,
  )
}
