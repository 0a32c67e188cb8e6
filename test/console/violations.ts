import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe-core finds on a page, in a word each. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(
    "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html.slice(0, 160) + ' ' + any.map((one) => one.message).join())))",
  )
}
