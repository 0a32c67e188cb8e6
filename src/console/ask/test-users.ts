import * as z from 'zod/mini'
import { ask } from './ask.ts'

const TestUsers = z.object({ test_users: z.array(z.string()) })

/** The contacts who walk the newest revision of a flow, published or not. */
export async function testUsersOf(flow: string): Promise<readonly string[]> {
  const { test_users } = await ask({ path: pathOf(flow), answer: TestUsers })
  return test_users
}

/** Makes these contacts the test users of a flow, in the place of those that there were. */
export async function setTestUsers(flow: string, contacts: readonly string[]): Promise<void> {
  const given = contacts.length > 0 ? contacts : [''] // an empty one alone empties the list
  const form = new URLSearchParams(given.map((contact) => ['TestUsers', contact]))
  await ask({ path: pathOf(flow), answer: TestUsers, form })
}

function pathOf(flow: string): string {
  return `/v2/Flows/${encodeURIComponent(flow)}/TestUsers`
}
