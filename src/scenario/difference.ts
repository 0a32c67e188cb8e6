/** The difference between two texts word by word: `[-expected-]` and `{+what came+}`; undefined where it shows nothing. */
export function difference(expected: string, got: string): string | undefined {
  const [wanted, came] = [wordsOf(expected), wordsOf(got)]
  if (wanted.length > MOST_WORDS || came.length > MOST_WORDS) return undefined
  const common = commonWords(wanted, came)
  if (common[0]?.[0] === 0) return undefined
  return marked(changes(wanted, came, common))
}

/** Longer ones take long, and nobody reads them. */
const MOST_WORDS = 400

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+|(?<=>)(?=<)/).filter((word) => word !== '')
}

/** `table[i][j]`: how many words two tails have in common at most. */
function commonWords(wanted: readonly string[], came: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: wanted.length + 1 }, () => new Array<number>(came.length + 1).fill(0))
  const at = (i: number, j: number) => table[i]?.[j] ?? 0
  for (let i = wanted.length - 1; i >= 0; i -= 1)
    for (let j = came.length - 1; j >= 0; j -= 1) {
      const row = table[i] ?? []
      row[j] = wanted[i] === came[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  return table
}

interface Piece {
  readonly kind: 'same' | 'missing' | 'added'
  readonly word: string
}

function changes(
  wanted: readonly string[],
  came: readonly string[],
  common: readonly (readonly number[])[],
): readonly Piece[] {
  const pieces: Piece[] = []
  for (let i = 0, j = 0; i < wanted.length || j < came.length; ) {
    const [one, other] = [wanted[i], came[j]]
    if (one !== undefined && one === other) {
      pieces.push({ kind: 'same', word: one })
      i += 1
      j += 1
    } else if (one !== undefined && (other === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      pieces.push({ kind: 'missing', word: one })
      i += 1
    } else {
      pieces.push({ kind: 'added', word: other ?? '' })
      j += 1
    }
  }
  return pieces
}

const MARKS = { same: ['', ''], missing: ['[-', '-]'], added: ['{+', '+}'] } as const

function marked(pieces: readonly Piece[]): string {
  const runs: { kind: Piece['kind']; words: string[] }[] = []
  for (const { kind, word } of pieces) {
    const last = runs.at(-1)
    if (last?.kind === kind) last.words.push(word)
    else runs.push({ kind, words: [word] })
  }
  return runs.map(({ kind, words }) => MARKS[kind].join(words.join(' '))).join(' ')
}
