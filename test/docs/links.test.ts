import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { pages } from './pages.ts'

const links = [...pages].flatMap(([page, text]) => {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target }))
})

test.each(links.filter(({ target }) => !/^https?:/.test(target)))(
  '$page: the link to $target leads somewhere',
  ({ page, target }) => {
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? page : normalize(join(dirname(page), path))
    expect(existsSync(file)).toBe(true)
    if (anchor !== undefined) expect(anchorsOf(file)).toContain(anchor)
  },
)

test.each(links.filter(({ target }) => /^https?:/.test(target)))(
  '$page: $target is an address that can be asked for safely',
  ({ target }) => {
    expect(new URL(target).protocol).toBe('https:')
  },
)

/** As GitHub makes them of headings. */
function anchorsOf(file: string): readonly string[] {
  const headings = (pages.get(file) ?? '').matchAll(/^#+ (.*)$/gm)
  return [...headings].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
