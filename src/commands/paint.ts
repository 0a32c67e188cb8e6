import { styleText } from 'node:util'

/** Colours for a terminal. */
export type Paint = Readonly<
  Record<'plain' | 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>
>

const asIs = (text: string) => text

/** No colours: for files and pipes. */
const PLAIN: Paint = { plain: asIs, bold: asIs, dim: asIs, red: asIs, green: asIs, yellow: asIs, cyan: asIs }

/** Colours where the output is a terminal that shows some, and NO_COLOR does not forbid them. */
export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
  if (!stream.isTTY || process.env.NO_COLOR) return PLAIN
  const colour = (format: Exclude<keyof Paint, 'plain'>) => (text: string) => styleText(format, text)
  return {
    plain: asIs,
    bold: colour('bold'),
    dim: colour('dim'),
    red: colour('red'),
    green: colour('green'),
    yellow: colour('yellow'),
    cyan: colour('cyan'),
  }
}
