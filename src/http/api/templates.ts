import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { own } from '../../flow/record.ts'
import { OWN_PACKAGE } from '../../own-package.ts'
import { OBJECT } from '../openapi/shapes.ts'
import { ok, type Resource } from '../resource.ts'

/** `GET /api/templates`: the flows that ship, for whoever begins a new one with them. */
export function templates(): Resource {
  return {
    path: '/api/templates',
    about: { GET: { summary: 'Lists the flows that ship', answer: z.object({ templates: z.array(TEMPLATE) }) } },
    async GET() {
      return ok({ templates: await Promise.all(SHIPPED.map(shown)) })
    },
  }
}

interface Shipped {
  readonly title: string
  /** From the root of the package. */
  readonly file: string
}

/** Those that run anywhere, once a number or a sid is put in: none needs a function of this project. */
const SHIPPED: readonly Shipped[] = [
  { title: 'Welcome', file: 'template/flows/welcome.json' },
  { title: 'Phone menu', file: 'flows/menu.json' },
  { title: 'Order status', file: 'flows/order-status.json' },
  { title: 'Survey', file: 'flows/survey.json' },
  { title: 'Appointment reminder', file: 'flows/appointment-reminder.json' },
  { title: 'Calls to agents', file: 'flows/voice-ivr.json' },
  { title: 'Messages to agents', file: 'flows/messaging.json' },
  { title: 'Web chats to agents', file: 'flows/webchat.json' },
]

async function shown({ title, file }: Shipped) {
  const text = await readFile(new URL(file, OWN_PACKAGE), 'utf8')
  const definition: unknown = JSON.parse(text)
  return { title, summary: own(definition, 'description'), definition }
}

const TEMPLATE = z.object({ title: z.string(), summary: z.string(), definition: OBJECT })
