import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LogEntry } from './entry.ts'
import { message, plain, stored } from './sample.ts'
import { pack, sizeOf, topicBytes } from './pack.ts'
import { ENTRY_OVERHEAD, entriesOf, entryOf } from './segment.ts'

const base = 1_700_000_000_000

const anyMessage: fc.Arbitrary<LogEntry> = fc.record({
  kind: fc.constant('message' as const),
  time: fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((delta) => base + delta),
  direction: fc.constantFrom('in' as const, 'out' as const),
  topic: fc.string({ unit: 'binary', maxLength: 12 }),
  qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
  retain: fc.boolean(),
  dup: fc.boolean(),
  queued: fc.boolean(),
  properties: fc.uint8Array({ maxLength: 20 }),
  payload: fc.uint8Array({ maxLength: 60 }),
})

const anyMark: fc.Arbitrary<LogEntry> = fc.record({
  kind: fc.constant('mark' as const),
  time: fc.integer({ min: base, max: base + 1000 }),
  mark: fc.oneof(
    fc.record({ type: fc.constant('session' as const), present: fc.boolean() }),
    fc.record({ type: fc.constant('queue' as const), count: fc.integer({ min: 1 }) }),
  ),
})

const someEntries = fc.array(fc.oneof({ weight: 9, arbitrary: anyMessage }, anyMark), {
  minLength: 1,
})

describe('a segment', () => {
  test('[LG1] gives every entry back exactly as it was put in', () => {
    fc.assert(
      fc.property(someEntries, fc.nat(), (entries, firstSeq) => {
        const segment = pack(firstSeq, entries)
        const read = entriesOf(segment, firstSeq, firstSeq + entries.length)
        expect(plain(read)).toEqual(stored(entries, firstSeq))
      }),
    )
  })

  test('[LG1] packed again with what follows is what it would be if packed at once', () => {
    fc.assert(
      fc.property(
        fc.array(someEntries, { minLength: 1, maxLength: 4 }),
        someEntries,
        (parts, last) => {
          let end = 0
          const segments = parts.map((entries) =>
            pack((end += entries.length) - entries.length, entries),
          )
          expect(pack(0, last, segments)).toEqual(pack(0, [...parts.flat(), ...last]))
        },
      ),
    )
  })

  test('[LG1] gives any single entry back without the others', () => {
    fc.assert(
      fc.property(someEntries, fc.nat(), (entries, pick) => {
        const i = pick % entries.length
        expect(plain([entryOf(pack(7, entries), 7 + i)])).toEqual(
          stored(entries.slice(i, i + 1), 7 + i),
        )
      }),
    )
  })

  test('[LG1] keeps what text could not: NUL, invalid UTF-8 and an empty payload', () => {
    const payload = Uint8Array.of(0, 0xff, 0xfe, 0xc0, 0x80, 0)
    const segment = pack(0, [message({ payload }), message()])
    expect(plain(entriesOf(segment, 0, 2))).toEqual(stored([message({ payload }), message()]))
  })

  test('[LG1] keeps a payload that is a view into a larger buffer', () => {
    const frame = Uint8Array.of(1, 2, 3, 4, 5)
    const segment = pack(0, [message({ payload: frame.subarray(1, 3) })])
    expect(plain([entryOf(segment, 0)])).toEqual(
      stored([message({ payload: Uint8Array.of(2, 3) })]),
    )
  })

  test('takes in storage what its head says', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const { head, body } = pack(0, entries)
        const own = entries.reduce((sum, entry) => sum + ENTRY_OVERHEAD + sizeOf(entry), 0)
        expect(head.index.byteLength + body.byteLength).toBe(own)
        expect(head.bytes).toBe(own + topicBytes(head.topics))
      }),
    )
  })

  test('counts its messages by direction and leaves marks out', () => {
    const mark = { type: 'gap', from: base, to: base + 5 } as const
    const { head } = pack(0, [
      message(),
      message({ direction: 'out' }),
      message(),
      { kind: 'mark', time: base, mark },
    ])
    expect(head).toMatchObject({ count: 4, received: 2, published: 1 })
  })

  test('knows its earliest and latest time where the clock was set back', () => {
    const times = [base + 10, base + 30, base - 5, base + 20]
    const { head } = pack(
      0,
      times.map((time) => message({ time })),
    )
    expect(head).toMatchObject({ earliest: base - 5, latest: base + 30 })
  })

  test('gives only the entries that it has', () => {
    const segment = pack(10, [message(), message(), message()])
    expect(entriesOf(segment, 0, 11).map(({ seq }) => seq)).toEqual([10])
    expect(entriesOf(segment, 12, 99).map(({ seq }) => seq)).toEqual([12])
    expect(entriesOf(segment, 20, 30)).toEqual([])
    expect(() => entryOf(segment, 13)).toThrow(RangeError)
  })
})
