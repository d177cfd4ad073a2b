import type { Row } from '@/core/message.ts'

/**
 * `next` with the objects of `previous` wherever they say the same, so that a row which did not change
 * is neither drawn nor decoded again. Of a row only the outcome, the subscriptions and
 * what is known of the message before it ever change.
 */
export function reuseRows(previous: readonly Row[], next: readonly Row[]): Row[] {
  const known = new Map(previous.map((row) => [row.seq, row]))
  return next.map((row) => {
    const old = known.get(row.seq)
    return old && saysTheSame(old, row) ? old : row
  })
}

function saysTheSame(old: Row, row: Row): boolean {
  if (old.time !== row.time) return false
  if (old.kind === 'mark' || row.kind === 'mark') return old.kind === row.kind
  return (
    old.outcome?.state === row.outcome?.state &&
    old.previous === row.previous &&
    old.subscriptions.length === row.subscriptions.length &&
    old.subscriptions.every((id, index) => id === row.subscriptions[index])
  )
}
