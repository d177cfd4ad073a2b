import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LogEntry } from './entry.ts'
import { CHUNK_BYTES, CHUNK_ENTRIES, append, tailChange } from './openChunk.ts'
import { message, messages, plain, stored } from './sample.ts'
import { entriesOf } from './segment.ts'
import type { Segment } from './segment.ts'

const day = 24 * 60 * 60 * 1000

function all(segments: readonly Segment[]) {
  return plain(segments.flatMap((segment) => entriesOf(segment, 0, Infinity)))
}

/** Appends batches one after the other, as writes do. */
function appendAll(batches: readonly (readonly LogEntry[])[]) {
  let open: Segment[] = []
  let end = 0
  const sealed: Segment[] = []
  let mostOpen = 0
  for (const batch of batches) {
    const next = append(open, end, batch)
    sealed.push(...next.sealed)
    open = next.open
    end += batch.length
    mostOpen = Math.max(mostOpen, open.length)
  }
  return { sealed, open, mostOpen }
}

function counts(segments: readonly Segment[]) {
  return segments.map(({ head }) => head.count)
}

describe('the open chunk', () => {
  test('[LG2] is sealed at 4,096 entries', () => {
    const { sealed, open } = append([], 0, messages(2 * CHUNK_ENTRIES + 5))
    expect(counts(sealed)).toEqual([CHUNK_ENTRIES, CHUNK_ENTRIES])
    expect(counts(open)).toEqual([5])
  })

  test('[LG2] is sealed as soon as it is full, not with the next message', () => {
    const { sealed, open } = append([], 0, messages(CHUNK_ENTRIES))
    expect(counts(sealed)).toEqual([CHUNK_ENTRIES])
    expect(open).toEqual([])
  })

  test('[LG2] is sealed before it would exceed 512 KiB', () => {
    const payload = new Uint8Array(100 * 1024)
    const { sealed, open } = append([], 0, messages(12, { payload }))
    expect(counts(sealed)).toEqual([5, 5])
    expect(counts(open)).toEqual([2])
    for (const { head } of sealed) expect(head.bytes).toBeLessThanOrEqual(CHUNK_BYTES)
  })

  test('[LG2] gives a message that is larger than a chunk a chunk of its own', () => {
    const large = message({ payload: new Uint8Array(CHUNK_BYTES + 1) })
    const { sealed, open } = append([], 0, [message(), large, message(), message()])
    expect(counts(sealed)).toEqual([1, 1])
    expect(counts(open)).toEqual([2])
  })

  test('[LG2] is sealed when the time since its first entry does not fit a row any more', () => {
    const start = 1_700_000_000_000
    const late = [0, 24 * day, 25 * day, 49 * day, 50 * day].map((later) =>
      message({ time: start + later }),
    )
    const { sealed, open } = append([], 0, late)
    expect(counts(sealed)).toEqual([2, 2])
    expect(all([...sealed, ...open])).toEqual(stored(late))
  })

  test('[LG2] is sealed when the clock was set back by years', () => {
    const times = [1_700_000_000_000, 0, 5]
    const entries = times.map((time) => message({ time }))
    const { sealed, open } = append([], 0, entries)
    expect(all([...sealed, ...open])).toEqual(stored(entries))
  })

  test('[LG3] has few segments, however small the writes are', () => {
    const single = messages(CHUNK_ENTRIES - 1).map((entry) => [entry])
    const { open, mostOpen } = appendAll(single)
    expect(mostOpen).toBeLessThan(13)
    expect(all(open)).toEqual(stored(single.flat()))
  })

  test('[LG3] has few segments, whatever the sizes of the writes are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }), (sizes) => {
        const batches = sizes.map((size) => messages(size))
        const { sealed, open, mostOpen } = appendAll(batches)
        expect(mostOpen).toBeLessThan(13)
        expect(all([...sealed, ...open])).toEqual(stored(batches.flat()))
      }),
      { numRuns: 30 },
    )
  })

  test('keeps segments that did not change as they are', () => {
    const { open } = append([], 0, messages(100))
    const next = append(open, 100, messages(3))
    expect(next.open[0]).toBe(open[0])
    expect(counts(next.open)).toEqual([100, 3])
  })

  test('stays as it is when nothing is appended', () => {
    const { open } = append([], 0, messages(3))
    expect(append(open, 3, [])).toEqual({ sealed: [], open })
  })
})

describe('what an append changes in storage', () => {
  const bytes = (segments: readonly Segment[]) =>
    segments.reduce((sum, { head }) => sum + head.bytes, 0)

  test('[LG3] segments that stay as they are, are not written again', () => {
    const { open } = append([], 0, messages(40))
    const next = append(open, 40, messages(3))
    expect(tailChange(open, next)).toMatchObject({ sealed: [], replaced: [] })
    expect(counts(tailChange(open, next).added)).toEqual([3])
  })

  test('[LG3] segments that were packed anew go, and what storage holds grows by the difference', () => {
    const { open } = append([], 0, messages(40))
    const next = append(open, 40, messages(30))
    const { replaced, added, growth } = tailChange(open, next)
    expect([counts(replaced), counts(added)]).toEqual([[40], [70]])
    expect(growth).toBe(bytes(next.open) - bytes(open))
  })

  test('[LG3] a chunk that is sealed takes the whole open one with it', () => {
    const { open } = append([], 0, messages(40))
    const next = append(open, 40, messages(CHUNK_ENTRIES))
    const { sealed, replaced, growth } = tailChange(open, next)
    expect([counts(sealed), replaced]).toEqual([[CHUNK_ENTRIES], open])
    expect(growth).toBe(bytes([...next.sealed, ...next.open]) - bytes(open))
  })
})
