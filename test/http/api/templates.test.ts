import { expect, test } from 'vitest'
import { z } from 'zod'
import { serving } from '../../support/server.ts'
import { ask, post } from './own-api.ts'

const Listed = z.object({
  templates: z.array(z.object({ title: z.string(), summary: z.string().min(20), definition: z.unknown() })),
})

test('the flows that ship are templates, each with a title of its own and a sentence', async () => {
  const { templates } = Listed.parse((await ask(await serving({}), 'templates')).body)
  const titles = templates.map(({ title }) => title)
  expect(titles).toContain('Phone menu')
  expect(new Set(titles).size).toBe(titles.length)
})

test('a flow can be made of every template as it is', async () => {
  const parts = await serving({})
  const { templates } = Listed.parse((await ask(parts, 'templates')).body)
  for (const { title, definition } of templates) {
    const { body } = await post(parts, 'flows/check', definition)
    expect([title, body.problems.filter(({ severity }: { severity: string }) => severity === 'error')]).toEqual([
      title,
      [],
    ])
  }
})
