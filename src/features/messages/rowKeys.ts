import type { Seq } from '@/core/units.ts'

/** Names the element that shows a row, for as long as it is shown. */
export type RowKeys = ReadonlyMap<Seq, number>

/**
 * Keys for the rows that are shown next. A row keeps its key; a new one takes over the key, and so the
 * element, of one that went: to fill an element with another row takes a fraction of the time that a new
 * one takes, and in a flood all rows are new ten times a second. `isHeld` says of a row that went that
 * its element must not show another, because the focus is in it.
 */
export function keysFor(
  seqs: readonly Seq[],
  previous: RowKeys,
  isHeld: (seq: Seq) => boolean,
): RowKeys {
  const staying = new Set(seqs)
  const free = [...previous]
    .filter(([seq]) => !staying.has(seq) && !isHeld(seq))
    .map(([, key]) => key)
  let next = Math.max(-1, ...previous.values()) + 1
  let taken = 0
  return new Map(seqs.map((seq) => [seq, previous.get(seq) ?? free[taken++] ?? next++]))
}
