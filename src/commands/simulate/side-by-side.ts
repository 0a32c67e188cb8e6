import type { Line } from '../../bundle/compare.ts'
import type { Paint } from '../paint.ts'

/** Two walks as a diff: ` ` in both, `~` in both with other values, `-` recorded, `+` new. */
export function written(lines: readonly Line[], paint: Paint): readonly string[] {
  return lines.flatMap((line) => {
    switch (line.kind) {
      case 'same':
        return [`  ${line.text}`]
      case 'changed':
        return [paint.yellow(`~ ${line.text}`), ...line.values.map(valueText)]
      case 'missing':
        return [paint.red(`- ${line.text}`)]
      case 'added':
        return [paint.green(`+ ${line.text}`)]
      default:
        return line satisfies never
    }
  })
}

/** One sentence of what came out. */
export function summaryOf(lines: readonly Line[]): string {
  const different = lines.filter(({ kind }) => kind !== 'same')
  const [first] = different
  if (!first) return 'It goes the same way as recorded.'
  return `It goes another way than recorded, first at: ${first.text}`
}

type Changed = Extract<Line, { kind: 'changed' }>

function valueText({ path, recorded = 'nothing', now = 'nothing' }: Changed['values'][number]): string {
  return `    ${path}: ${shortened(recorded)}, now ${shortened(now)}`
}

function shortened(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}

const MOST = 200
