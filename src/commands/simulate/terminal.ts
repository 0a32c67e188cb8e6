import { styleText } from 'node:util'

/** Where a person reads and types. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

/** Colours for a terminal. */
export type Paint = Readonly<Record<'plain' | 'bold' | 'dim' | 'green' | 'yellow' | 'cyan', (text: string) => string>>

const asIs = (text: string) => text

/** No colours: for files and pipes. */
export const PLAIN: Paint = { plain: asIs, bold: asIs, dim: asIs, green: asIs, yellow: asIs, cyan: asIs }

/** Colours where the output is a terminal that shows some, and NO_COLOR does not forbid them. */
export function paintFor(stream: Terminal['output']): Paint {
  if (!stream.isTTY || process.env.NO_COLOR) return PLAIN
  const colour = (format: 'bold' | 'dim' | 'green' | 'yellow' | 'cyan') => (text: string) => styleText(format, text)
  return {
    plain: asIs,
    bold: colour('bold'),
    dim: colour('dim'),
    green: colour('green'),
    yellow: colour('yellow'),
    cyan: colour('cyan'),
  }
}
