/** A text in lines that fit so many pixels in a font size; what does not fit into the last one ends in "…". */
export function fitted(text: string, { width, size, lines = 1 }: Room): readonly string[] {
  const most = Math.floor(width / (size * AVERAGE_WIDTH))
  const found: string[] = []
  let rest = text.trim()
  while (rest !== '' && found.length < lines - 1) {
    const cut = cutAt(rest, most)
    found.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  return rest === '' ? found : [...found, shortened(rest, most)]
}

/** The room for a text, in pixels. */
interface Room {
  readonly width: number
  /** The font size. */
  readonly size: number
  readonly lines?: number
}

/** Share of its font size that a letter takes, in the sans-serif fonts of this world. */
const AVERAGE_WIDTH = 0.58

/** Where a line ends: after its last whole word, or within a word that is a line long. */
function cutAt(text: string, most: number): number {
  const end = endOf(text, most)
  if (end === text.length) return end
  const blank = text.lastIndexOf(' ', end)
  return blank > 0 ? blank : end
}

function shortened(text: string, most: number): string {
  return endOf(text, most) === text.length ? text : `${text.slice(0, endOf(text, most - 1)).trimEnd()}…`
}

/** How many UTF-16 units of a text fit; what is wide, as Chinese is, counts twice. */
function endOf(text: string, most: number): number {
  let [end, taken] = [0, 0]
  for (const sign of text) {
    taken += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]/.test(sign) ? 2 : 1
    if (taken > most) break
    end += sign.length
  }
  return end
}
