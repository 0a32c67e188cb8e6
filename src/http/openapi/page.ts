import type { Document, DocumentedOperation, Json } from './document.ts'

/** The document as a page that needs no script: each operation opens where it is. */
export function docsPage({ paths, components }: Document, nonce: string): string {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))].sort()
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(tag))
    return `<h2>${escaped(tag)}</h2>\n${own.map(operationShown).join('\n')}`
  })
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trunkline: the API</title>
<style nonce="${nonce}">${STYLE}</style>
<main>
<h1>The API</h1>
<p>The same for programs: <a href="/docs/openapi.json">openapi.json</a>, OpenAPI 3.1.</p>
${sections.join('\n')}
<h2>Shapes</h2>
${opening('Schemas that have a name', components)}
</main>
</html>
`
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
summary { cursor: pointer; padding: .25rem 0 }
summary b { display: inline-block; min-width: 4.5rem }
pre { overflow: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem }
`

interface Placed {
  readonly method: string
  readonly path: string
  readonly operation: DocumentedOperation
}

function operationShown({ method, path, operation }: Placed): string {
  const { operationId, summary, tags: _, ...rest } = operation
  const title = `<b>${escaped(method.toUpperCase())}</b> <code>${escaped(path)}</code> ${escaped(summary)}`
  return `<details id="${escaped(operationId)}"><summary>${title}</summary>\n${codeOf(rest)}</details>`
}

function opening(title: string, shown: unknown): string {
  return `<details><summary>${escaped(title)}</summary>\n${codeOf(shown)}</details>`
}

function codeOf(json: Json | unknown): string {
  return `<pre>${escaped(JSON.stringify(json, undefined, 2))}</pre>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
