/** Elements that start on a line of their own, so that their text is set off by a blank. */
const BLOCKS = new Set(
  'address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
)

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00A0'],
  ['copy', '©'],
  ['reg', '®'],
  ['euro', '€'],
  ['hellip', '…'],
  ['ndash', '–'],
  ['mdash', '—'],
])

/** The text of an HTML document as a reader sees it, on one line: no tags, comments, scripts or styles. */
export function plainText(html: string): string {
  return withoutMarkup(html)
    .replace(/&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]{2,8}));?/g, entity)
    .replace(/[ \t\n\f\r]+/g, ' ')
    .replace(/^ | $/g, '')
}

/** Goes through the text once, from one `<` to the next, whatever is left open. */
function withoutMarkup(html: string): string {
  const pieces: string[] = []
  let at = 0
  for (let open = html.indexOf('<'); open !== -1; open = html.indexOf('<', at)) {
    pieces.push(html.slice(at, open))
    const markup = markupAt(html, open)
    pieces.push(markup.text)
    at = markup.end
  }
  return pieces.join('') + html.slice(at)
}

interface Markup {
  readonly text: string
  readonly end: number
}

function markupAt(html: string, open: number): Markup {
  if (html.startsWith('<!--', open)) return { text: '', end: after(html, '-->', open + 4) }
  const [, slash, name = ''] = /^<(\/?)([A-Za-z][A-Za-z0-9]{0,30})/.exec(html.slice(open, open + 40)) ?? []
  if (name === '' && !/^<[!?/]/.test(html.slice(open, open + 2))) return { text: '<', end: open + 1 }
  const end = after(html, '>', open + 1)
  const element = name.toLowerCase()
  if (slash === '' && (element === 'script' || element === 'style'))
    return { text: '', end: afterElement(html, element, end) }
  return { text: BLOCKS.has(element) ? ' ' : '', end }
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from)
  return found === -1 ? html.length : found + mark.length
}

function afterElement(html: string, element: string, from: number): number {
  const closing = new RegExp(`</${element}`, 'gi')
  closing.lastIndex = from
  return closing.test(html) ? after(html, '>', closing.lastIndex) : html.length
}

function entity(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return ENTITIES.get(name) ?? whole
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '0', 16) : Number(decimal)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
}
