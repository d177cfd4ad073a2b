import type { Hit } from '@/core/search/hitsIn.ts'
import type { PayloadPiece } from './payloadPieces.ts'

/** A stretch of text in one colour that is a hit as a whole, or not at all. */
export type MarkedPiece = PayloadPiece & { isHit: boolean }

/**
 * Splits pieces where hits begin and end. `hits` are places in the text that the pieces were made of, in
 * order and apart from each other; in it, a character that is made visible was one character.
 */
export function markPieces(pieces: readonly PayloadPiece[], hits: readonly Hit[]): MarkedPiece[] {
  const marked: MarkedPiece[] = []
  let at = 0
  let next = 0
  for (const { kind, text } of pieces) {
    const end = at + (kind === 'hidden' ? 1 : text.length)
    for (let from = at; from < end;) {
      while ((hits[next]?.to ?? Infinity) <= from) next += 1
      const { from: begin = Infinity, to = Infinity } = hits[next] ?? {}
      const isHit = begin <= from
      const stop = kind === 'hidden' ? end : Math.min(end, isHit ? to : begin)
      const part = kind === 'hidden' ? text : text.slice(from - at, stop - at)
      marked.push({ kind, text: part, isHit })
      from = stop
    }
    at = end
  }
  return marked
}
