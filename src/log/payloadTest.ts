import { ByteNeedle } from '@/core/search/byteNeedle.ts'
import { JsonFinder } from '@/core/search/jsonFinder.ts'
import type { SearchTest } from '@/core/search/search.ts'
import type { SegmentHead } from './segment.ts'
import type { SegmentRows } from './segmentRows.ts'
import { SegmentText } from './segmentText.ts'

/** A segment with its body, and its text once somebody has asked for it. */
export type OpenSegment = { head: SegmentHead; rows: SegmentRows }

/** Sets `found` to 1 for each entry for which the test holds, of those whose `open` is not 0. */
export type PayloadTest = (segment: OpenSegment, open: Uint8Array, found: Uint8Array) => void

/** What a term asks of the bodies of segments; undefined for what the heads answer in full. */
export function payloadTest(test: SearchTest): PayloadTest | undefined {
  switch (test.kind) {
    case 'text':
      return textTest(new ByteNeedle(test.text))
    case 'pattern':
      return patternTest(new RegExp(test.source, test.flags))
    case 'json': {
      const finder = new JsonFinder(test)
      return each(({ rows }, i) => finder.matches(rows.bytes, rows.startOf(i), rows.endOf(i)))
    }
    case 'size':
      return each(({ rows }, i) => {
        const size = rows.endOf(i) - rows.startOf(i)
        return test.from <= size && size <= test.to
      })
    case 'time':
      return each(({ head, rows }, i) => {
        const time = head.baseTime + rows.timeOf(i)
        return test.from <= time && time <= test.to
      })
    case 'topic':
    case 'direction':
    case 'qos':
    case 'retain':
      return undefined
  }
}

function each(holds: (segment: OpenSegment, i: number) => boolean): PayloadTest {
  return (segment, open, found) => {
    for (let i = 0; i < open.length; i += 1) if (open[i] && holds(segment, i)) found[i] = 1
  }
}

function patternTest(pattern: RegExp): PayloadTest {
  return ({ rows }, open, found) => {
    const text = new SegmentText(rows, open)
    for (let i = 0; i < open.length; i += 1) if (open[i] && pattern.test(text.of(i))) found[i] = 1
  }
}

/** Goes over all payloads of a run in one sweep: most of them do not match, and are not even noticed. */
function textTest(needle: ByteNeedle): PayloadTest {
  return ({ rows }, open, found) => {
    let first = open.indexOf(1)
    while (first !== -1) {
      let last = open.indexOf(0, first)
      if (last === -1) last = open.length
      sweep(needle, rows, first, last, found)
      first = open.indexOf(1, last)
    }
  }
}

/** Looks for the needle in the payloads of entries `first` to `last` (not included). */
function sweep(
  needle: ByteNeedle,
  rows: SegmentRows,
  first: number,
  last: number,
  found: Uint8Array,
): void {
  const { bytes } = rows
  const to = rows.endOf(last - 1)
  let row = first
  let at = rows.startOf(first)
  for (;;) {
    at = needle.find(bytes, at, to)
    if (at === -1) return
    while (rows.endOf(row) <= at) row += 1
    if (at < rows.startOf(row) || needle.end > rows.endOf(row)) {
      // It lies in properties, or reaches from one entry into the next.
      at += 1
      continue
    }
    found[row] = 1
    row += 1
    if (row >= last) return
    at = rows.startOf(row)
  }
}
