import { z } from 'zod'
import { Refusal } from '../../errors.ts'
import type { Form } from '../../signature/signature.ts'
import { ok, type Resource } from '../resource.ts'
import { type FlowParts, flowIn } from './flows.ts'
import { TEST_USERS } from './shapes.ts'

/** `/v2/Flows/{Sid}/TestUsers`: the contacts who walk the newest revision, published or not (engine.md 1.2). */
export function testUsers(parts: FlowParts): Resource {
  const path = '/v2/Flows/:flow/TestUsers'
  return {
    path,
    about: {
      GET: { summary: 'Lists the contacts who walk the newest revision', answer: TEST_USERS },
      POST: { summary: 'Sets them', form: z.object({ TestUsers: z.array(z.string()) }), answer: TEST_USERS },
    },
    async GET(asked) {
      const { flow } = await flowIn(asked, parts)
      return ok(shown(flow.sid, await parts.store.testUsers(flow.sid), asked.base))
    },
    async POST(asked) {
      const { flow } = await flowIn(asked, parts)
      const contacts = contactsIn(asked.form)
      await parts.desk.setTestUsers(flow, contacts)
      return ok(shown(flow.sid, contacts, asked.base))
    },
  }
}

function shown(sid: string, contacts: readonly string[], base: string) {
  return { sid, test_users: contacts, url: `${base}/v2/Flows/${sid}/TestUsers` }
}

/** An empty one alone empties the list. */
function contactsIn(form: Form): readonly string[] {
  const given = form.filter(([name]) => name === 'TestUsers').map(([, contact]) => contact)
  if (given.length === 0) throw new Refusal('invalidRequest', 'Missing required parameter TestUsers in the post body')
  const contacts = [...new Set(given)].filter((contact) => contact !== '')
  if (contacts.length > MOST)
    throw new Refusal('invalidRequest', `TestUsers has ${contacts.length} contacts; at most ${MOST} are taken`)
  return contacts
}

const MOST = 1_000
