import { jsonTokens, scanJson, type JsonTokenKind } from '@/core/payload/jsonTokens.ts'
import { revealText } from '@/core/payload/revealText.ts'

/** A stretch of payload in one colour. */
export type PayloadPiece = {
  kind: 'plain' | 'key' | 'string' | 'number' | 'word' | 'hidden'
  text: string
}

/** The text of a payload, split into what is coloured alike; JSON need not be complete. */
export function payloadPieces(text: string, isJson: boolean): PayloadPiece[] {
  if (!isJson) return revealText(text)
  return paint(jsonTokens(text))
}

/** The same for characters `from` to `to` of a long JSON text. */
export function jsonPart(text: string, from: number, to: number): PayloadPiece[] {
  const tokens: { kind: JsonTokenKind; text: string }[] = []
  let end = from
  // What is behind the part has no say in its colours.
  scanJson(text.slice(0, to), (kind, start, stop) => {
    if (stop <= from) return
    tokens.push({ kind, text: text.slice(Math.max(start, from), stop) })
    end = stop
  })
  if (end < to) tokens.push({ kind: 'rest', text: text.slice(end, to) })
  return paint(tokens)
}

function paint(tokens: readonly { kind: JsonTokenKind; text: string }[]): PayloadPiece[] {
  const pieces: PayloadPiece[] = []
  for (const token of tokens) {
    const kind = colourOf(token.kind)
    for (const piece of revealText(token.text)) {
      const last = pieces.at(-1)
      const next: PayloadPiece = piece.kind === 'hidden' ? piece : { kind, text: piece.text }
      // Brackets, commas and spaces are most of the tokens, and one node can hold many.
      if (last?.kind === 'plain' && next.kind === 'plain') last.text += next.text
      else pieces.push(next)
    }
  }
  return pieces
}

function colourOf(kind: JsonTokenKind): PayloadPiece['kind'] {
  return kind === 'space' || kind === 'punctuation' || kind === 'rest' ? 'plain' : kind
}
