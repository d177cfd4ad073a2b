/**
 * The row of `count` that a key leads to from row `from`; undefined for a key that leads nowhere, and
 * where there is no row before or after.
 */
export function nextRow(key: string, from: number, count: number): number | undefined {
  const rows: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    Home: 0,
    End: count - 1,
  }
  const to = rows[key]
  return to !== undefined && to >= 0 && to < count ? to : undefined
}
