/**
 * The first index from `low` to `high` (not included) that is not before what is looked for; `high` where
 * all are. The indexes for which `isBefore` holds must come before the others.
 */
export function lowerBound(
  low: number,
  high: number,
  isBefore: (index: number) => boolean,
): number {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (isBefore(middle)) from = middle + 1
    else to = middle
  }
  return from
}
