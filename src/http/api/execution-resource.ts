import type { Execution } from '../../engine/execution.ts'

/** An execution as the REST API shows it (engine.md 8.3). `flowUrl` is the absolute address of its flow. */
export function executionResource(execution: Execution, flowUrl: string) {
  const { sid, accountSid, flowSid, contact, frames, status, createdAt, updatedAt, initiatedBy } = execution
  const url = `${flowUrl}/Executions/${sid}`
  return {
    sid,
    account_sid: accountSid,
    flow_sid: flowSid,
    contact_channel_address: contact,
    contact_sid: CONTACT_SID,
    flow_version: frames[0]?.revision ?? null,
    context: {}, // the real one is a resource of its own
    status,
    date_created: isoSeconds(createdAt),
    date_updated: updatedAt === createdAt ? null : isoSeconds(updatedAt),
    initiated_by: initiatedBy,
    url,
    links: { steps: `${url}/Steps`, execution_context: `${url}/Context` },
  }
}

/** Twilio has given contacts up, and shows one and the same for all. */
const CONTACT_SID = `FC${'0'.repeat(32)}`

/** ISO 8601 to the second, as clients parse it. */
function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}
