/** The middle of the values, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which a part of the values lies, 0 to 1, between neighbours in proportion. */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) return NaN
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** The slope of the line that fits points with these x and y best (least squares); NaN of fewer than two. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const count = points.length
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  const joint = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return count < 2 ? NaN : joint / spread
}

export type Figures = Record<string, number>

/**
 * The median of every figure over several rounds, of those that have it. Of the figures named in
 * `faults`, of which one round is enough, the value farthest from 0.
 */
export function medians(rounds: readonly Figures[], faults: readonly string[] = []): Figures {
  const names = new Set(rounds.flatMap((round) => Object.keys(round)))
  return Object.fromEntries(
    Array.from(names, (name) => {
      const values = rounds.flatMap((round) => round[name] ?? [])
      return [name, faults.includes(name) ? farthest(values) : median(values)]
    }),
  )
}

function farthest(values: readonly number[]): number {
  return values.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
}
