import type { StreamParser } from '@codemirror/language'

/** Where the reading of a template stands. */
interface LiquidState {
  isInside: boolean
}

/** Texts with templates of Liquid in them. */
export const liquid: StreamParser<LiquidState> = {
  name: 'liquid',
  startState: () => ({ isInside: false }),
  token(stream, state) {
    if (!state.isInside) {
      if (stream.match(/^\{\{-?|^\{%-?/)) {
        state.isInside = true
        return 'bracket'
      }
      stream.next()
      while (!stream.eol() && !/^\{[{%]/.test(stream.string.slice(stream.pos))) stream.next()
      return null
    }
    if (stream.match(/^-?[}%]\}/)) {
      state.isInside = false
      return 'bracket'
    }
    return tokenOf(LIQUID, stream)
  },
}

/** JSON; property names are told from texts. */
export const json: StreamParser<null> = {
  name: 'json',
  token: (stream) => tokenOf(JSON_TOKENS, stream),
}

type Stream = Parameters<StreamParser<null>['token']>[0]
type Token = readonly [pattern: RegExp, name: string | null]

const LIQUID: readonly Token[] = [
  [/^\s+/, null],
  [/^"[^"]*"?|^'[^']*'?/, 'string'],
  [/^\d+(\.\d+)?/, 'number'],
  [/^\|\s*[\w-]+/, 'keyword'],
  [
    /^(if|elsif|else|endif|unless|endunless|case|when|endcase|for|endfor|in|assign|capture|endcapture|and|or|contains)\b/,
    'keyword',
  ],
  [/^(true|false|nil|empty|blank)\b/, 'atom'],
  [/^[\w-]+/, 'variableName'],
  [/^./, 'operator'],
]

const JSON_TOKENS: readonly Token[] = [
  [/^\s+/, null],
  [/^"(?:[^"\\]|\\.)*"(?=\s*:)/, 'propertyName'],
  [/^"(?:[^"\\]|\\.)*"?/, 'string'],
  [/^-?\d+(\.\d+)?([eE][+-]?\d+)?/, 'number'],
  [/^(true|false|null)\b/, 'atom'],
  [/^[[\]{}]/, 'bracket'],
  [/^./, null],
]

function tokenOf(tokens: readonly Token[], stream: Stream): string | null {
  const found = tokens.find(([pattern]) => stream.match(pattern))
  if (!found) stream.next()
  return found?.[1] ?? null
}
