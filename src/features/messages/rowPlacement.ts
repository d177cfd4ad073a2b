/**
 * Where the rows of a list go whose rows have heights that nobody knows before they are drawn. It holds on
 * to a row (the anchor), not to a distance from the top: rows that arrive, leave or change their height
 * elsewhere move nothing that is seen. No DOM and no Vue: numbers in, numbers out.
 */

/** CSS pixels, with fractions. */
export type Pixels = number

/** Row `index` begins `offset` below the upper edge of the viewport; above it where negative. */
export type Anchor = { index: number; offset: Pixels }

/** What the list holds on to: a row, or the end, which new rows push on. */
export type Hold = Anchor | 'end'

/** Rows `start` (included) to `end` (not) of a list. */
export type Range = { start: number; end: number }

/** Rows as drawn, one below the other: `heights[0]` is the height of row `start`. */
export type DrawnRows = { start: number; heights: readonly Pixels[] }

/** How far beyond the viewport rows are drawn, so that a scroll finds them there. */
const OVERSCAN: Pixels = 400

/** The rows to draw, of those that are loaded, so that the viewport and its overscan are covered. */
export function rowsToDraw(
  hold: Hold,
  loaded: Range,
  heightOf: (index: number) => Pixels,
  viewport: Pixels,
): Range {
  if (loaded.end <= loaded.start) return { start: loaded.start, end: loaded.start }
  if (hold === 'end') {
    return { start: reachUp(loaded.end, viewport, loaded, heightOf), end: loaded.end }
  }
  const index = clamp(hold.index, loaded.start, loaded.end - 1)
  let end = index
  let bottom = hold.offset
  while (end < loaded.end && (bottom < viewport + OVERSCAN || end === index)) {
    bottom += heightOf(end)
    end += 1
  }
  // Where the rows end above the lower edge, the list will be moved down: draw what then comes in.
  const missing = Math.max(0, viewport - bottom)
  return { start: reachUp(index, hold.offset + missing, loaded, heightOf), end }
}

/** The first row to draw when row `from` begins at `top`. */
function reachUp(
  from: number,
  top: Pixels,
  loaded: Range,
  heightOf: (index: number) => Pixels,
): number {
  let start = from
  let above = top
  while (start > loaded.start && above > -OVERSCAN) {
    start -= 1
    above -= heightOf(start)
  }
  return start
}

/** Where the drawn rows go, seen from the upper edge of the viewport. */
export type Placement = {
  /** The upper edge of the first drawn row. */
  top: Pixels
  /** The lower edge of the last one. */
  bottom: Pixels
  /** The uppermost row that is seen, at least in part. */
  anchor: Anchor
  /** One more than the lowest row that is seen, at least in part. */
  seenEnd: number
  /** How much of the viewport stays empty above and below the drawn rows before they are moved in. */
  missing: { above: Pixels; below: Pixels }
}

/**
 * Places drawn rows so that `hold` is where it was. They never leave a hole: rows that would begin
 * below the upper edge are moved up to it, and rows that would end above the lower edge down to it,
 * except when they are too few to fill the viewport.
 */
export function placeRows(hold: Hold, rows: DrawnRows, viewport: Pixels): Placement {
  const total = sum(rows.heights)
  const wanted = hold === 'end' ? viewport - total : hold.offset - heightBefore(rows, hold.index)
  const missing = { above: Math.max(0, wanted), below: Math.max(0, viewport - wanted - total) }
  const top = Math.min(0, Math.max(wanted, viewport - total))

  let anchor: Anchor = { index: rows.start, offset: top }
  let seenEnd = rows.start
  let y = top
  for (const [drawn, height] of rows.heights.entries()) {
    const index = rows.start + drawn
    if (y <= 0 || index === rows.start) anchor = { index, offset: y }
    if (y >= viewport) break
    seenEnd = index + 1
    y += height
  }
  return { top, bottom: top + total, anchor, seenEnd, missing }
}

function heightBefore(rows: DrawnRows, index: number): Pixels {
  return sum(rows.heights.slice(0, Math.max(0, index - rows.start)))
}

function sum(heights: readonly Pixels[]): Pixels {
  return heights.reduce((total, height) => total + height, 0)
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(Math.max(value, lowest), highest)
}
