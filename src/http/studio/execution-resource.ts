import type { Execution } from '../../engine/execution.ts'
import { isoSeconds } from '../../engine/iso-seconds.ts'
import type { Dialect } from './dialect.ts'

/** An execution as the REST API shows it (engine.md 8.3 and 9). */
export function executionResource(execution: Execution, dialect: Dialect, base: string) {
  const { sid, accountSid, flowSid, contact, frames, status, createdAt, updatedAt, initiatedBy } = execution
  const url = executionUrl(execution, dialect, base)
  return {
    sid,
    account_sid: accountSid,
    flow_sid: flowSid,
    contact_channel_address: contact,
    contact_sid: CONTACT_SID,
    ...(dialect.version === 'v2' && { flow_version: frames[0]?.revision ?? null, initiated_by: initiatedBy }),
    context: {}, // the real one is a resource of its own
    status,
    date_created: isoSeconds(createdAt),
    date_updated: updatedAt === createdAt && status === 'active' ? null : isoSeconds(updatedAt), // some end as they begin
    url,
    links: { steps: `${url}/Steps`, [`${dialect.singular}_context`]: `${url}/Context` },
  }
}

/** The absolute address of an execution. */
export function executionUrl(
  { sid, flowSid }: Pick<Execution, 'sid' | 'flowSid'>,
  { version, plural }: Dialect,
  base: string,
): string {
  return `${base}/${version}/Flows/${flowSid}/${plural}/${sid}`
}

/** Twilio has given contacts up, and shows one and the same for all. */
const CONTACT_SID = `FC${'0'.repeat(32)}`
