import type { Anchor, DrawnRows, Hold, Pixels, Placement } from './rowPlacement.ts'

/**
 * What the scroll bar stands for. `rowHeight` is the mean height of the rows that were drawn so far;
 * the heights of the others are taken to be like it.
 */
export type Track = { count: number; rowHeight: Pixels; viewport: Pixels }

/**
 * Chromium ends an element at 33,554,428 px and Firefox at about half of it. The rows of a longer list
 * share this much, so that the thumb moves by less than the content does.
 */
const MAX_TRACK: Pixels = 14_000_000

/** How high the scrolled content pretends to be: at least the viewport, at most `MAX_TRACK`. */
function trackHeight({ count, rowHeight, viewport }: Track): Pixels {
  return Math.max(viewport, Math.min(count * rowHeight, MAX_TRACK))
}

/**
 * Where the thumb belongs when `anchor` is the uppermost row that is seen. A part of that row, whose
 * height is `height`, counts as the same part of a mean one: so the thumb never goes back.
 */
function scrollTopOf(anchor: Anchor, height: Pixels, track: Track): Pixels {
  const room = contentRoom(track)
  if (room <= 0) return 0
  const position = (anchor.index - anchor.offset / height) * track.rowHeight
  return (Math.min(Math.max(position, 0), room) / room) * scrollRoom(track)
}

/** The place that a thumb at `scrollTop` stands for: the end when it is at its lowest place. */
export function holdAt(scrollTop: Pixels, track: Track, heightOf: (index: number) => Pixels): Hold {
  const room = contentRoom(track)
  const scrollable = scrollRoom(track)
  if (room <= 0 || scrollTop >= scrollable - 1) return 'end'
  const rows = ((Math.max(0, scrollTop) / scrollable) * room) / track.rowHeight
  const index = Math.floor(rows)
  return { index, offset: (index - rows) * heightOf(index) }
}

/** The height to give the track, and the scroll position to set, if any. */
export type Thumb = { height: Pixels; scrollTop?: Pixels }

/** What the scroll bar is doing: `held` while the reader holds the thumb itself. */
export type Scrolling = 'resting' | 'moving' | 'held'

/**
 * The thumb for what is drawn. Near either end of the list its place is exact, so that the scroll ends
 * where the content does. In between it waits until the scroll rests, because setting it would disturb
 * a scroll that is under way; except where that scroll has no room left and the content has. A thumb
 * that is held is where the reader's hand is.
 */
export function thumbFor(
  placement: Placement,
  drawn: DrawnRows,
  track: Track,
  scroll: { top: Pixels; state: Scrolling; isFollowing: boolean },
): Thumb {
  const { top, bottom, anchor } = placement
  const isFirstDrawn = drawn.start === 0
  const isLastDrawn = drawn.start + drawn.heights.length === track.count
  const isWhole = isFirstDrawn && isLastDrawn
  const height = isWhole ? Math.max(track.viewport, bottom - top) : trackHeight(track)
  const room = height - track.viewport
  if (scroll.state === 'held') return { height }
  if (scroll.isFollowing) return { height, scrollTop: room }
  if (isFirstDrawn) return { height, scrollTop: Math.min(-top, room) }
  if (isLastDrawn) {
    return { height, scrollTop: Math.max(0, room - (bottom - track.viewport)) }
  }
  const hasNoRoom = scroll.top <= 0 || scroll.top >= room - 1
  if (scroll.state === 'moving' && !hasNoRoom) return { height }
  // Neither end is reached, so the thumb leaves some room on either side.
  const edge = Math.min(track.viewport, room / 2)
  const anchorHeight = drawn.heights[anchor.index - drawn.start] ?? track.rowHeight
  const scrollTop = scrollTopOf(anchor, anchorHeight, track)
  return { height, scrollTop: Math.min(Math.max(scrollTop, edge), room - edge) }
}

function contentRoom({ count, rowHeight, viewport }: Track): Pixels {
  return count * rowHeight - viewport
}

function scrollRoom(track: Track): Pixels {
  return trackHeight(track) - track.viewport
}
