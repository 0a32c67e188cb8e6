import { isoSeconds } from '../../engine/iso-seconds.ts'
import { importFlow } from '../../flow/import.ts'
import type { WidgetCatalogue } from '../../flow/validate.ts'
import type { Revision, SavedFlow } from '../../store/saved-flow.ts'
import { flawOf } from './definition.ts'

/** What a flow is shown with. */
export interface Showing {
  readonly accountSid: string
  readonly catalogue: WidgetCatalogue
  /** Base of the absolute URLs. */
  readonly base: string
}

/** A flow as lists of version 2 show it: without what would make them long (engine.md 8.3). */
export function flowInList(flow: SavedFlow, { accountSid, base }: Showing) {
  const { sid, friendlyName, revision, status, createdAt, updatedAt, commitMessage } = flow
  const url = `${base}/v2/Flows/${sid}`
  return {
    sid,
    account_sid: accountSid,
    author_sid: null,
    friendly_name: friendlyName,
    definition: null,
    status,
    revision,
    commit_message: commitMessage ?? null,
    valid: null,
    errors: null,
    warnings: null,
    date_created: isoSeconds(createdAt),
    date_updated: isoSeconds(updatedAt),
    webhook_url: `${base}/v1/Accounts/${accountSid}/Flows/${sid}`,
    url,
    links: { test_users: `${url}/TestUsers`, revisions: `${url}/Revisions`, executions: `${url}/Executions` },
  }
}

/** The same with its definition and what there is to say about it. */
export function flowResource(flow: SavedFlow, newest: Revision, showing: Showing) {
  return { ...flowInList(flow, showing), ...judgement(newest, showing.catalogue) }
}

/** A flow as version 1 shows it. */
export function olderFlowResource({ sid, friendlyName, ...flow }: SavedFlow, { accountSid, base }: Showing) {
  const url = `${base}/v1/Flows/${sid}`
  return {
    sid,
    account_sid: accountSid,
    friendly_name: friendlyName,
    status: flow.status,
    version: flow.revision,
    date_created: isoSeconds(flow.createdAt),
    date_updated: isoSeconds(flow.updatedAt),
    url,
    links: { engagements: `${url}/Engagements`, executions: `${url}/Executions` },
  }
}

/** A revision as lists show it. */
export function revisionInList(flow: SavedFlow, revision: Revision, { accountSid, base }: Showing) {
  return {
    sid: flow.sid,
    account_sid: accountSid,
    author_sid: null,
    friendly_name: flow.friendlyName,
    definition: null,
    status: revision.status,
    revision: revision.revision,
    commit_message: revision.commitMessage ?? null,
    valid: null,
    errors: null,
    date_created: isoSeconds(revision.createdAt),
    date_updated: isoSeconds(revision.createdAt),
    url: `${base}/v2/Flows/${flow.sid}/Revisions/${revision.revision}`,
  }
}

/** The same with its definition. */
export function revisionResource(flow: SavedFlow, revision: Revision, showing: Showing) {
  const { warnings, ...judged } = judgement(revision, showing.catalogue)
  return { ...revisionInList(flow, revision, showing), ...judged }
}

function judgement({ definition }: Revision, catalogue: WidgetCatalogue) {
  const { issues } = importFlow(definition, catalogue)
  const of = (wanted: 'error' | 'warning') => issues.filter(({ severity }) => severity === wanted).map(flawOf)
  const errors = of('error')
  return { definition, valid: errors.length === 0, errors, warnings: of('warning') }
}
