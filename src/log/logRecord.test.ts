import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LogEntry } from './entry.ts'
import { NEW_LOG, afterClear, afterWrite } from './logRecord.ts'
import { message } from './sample.ts'

const mark: LogEntry = { kind: 'mark', time: 9, mark: { type: 'session', present: true } }

describe('the record of a log', () => {
  test('[LG6] counts received, stored, dropped and published apart, and marks not at all', () => {
    const entries = [message(), message({ direction: 'out' }), mark, message()]
    const { counters, end } = afterWrite(NEW_LOG, entries, { dropped: 3 }, 100)
    expect(counters).toEqual({
      received: 5,
      stored: 2,
      dropped: 3,
      published: 1,
      seen: 0,
      bytes: 100,
      cleared: 0,
      letGo: 0,
    })
    expect(end).toBe(4)
  })

  test('[LG6] received is stored and dropped together, whatever is written', () => {
    const entry = fc.constantFrom(message(), message({ direction: 'out' }), mark)
    const step = fc.oneof(
      fc.record({ entries: fc.array(entry), dropped: fc.option(fc.nat(5), { nil: undefined }) }),
      fc.constant('clear' as const),
    )
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let record = NEW_LOG
        for (const one of steps) {
          const { end } = record
          if (one === 'clear') record = afterClear(record)
          else {
            const change = one.dropped === undefined ? {} : { dropped: one.dropped }
            record = afterWrite(record, one.entries, change, 1)
          }
          const { received, stored, dropped } = record.counters
          expect(received).toBe(stored + dropped)
          expect(record.end).toBeGreaterThanOrEqual(end)
          expect(record.start).toBeLessThanOrEqual(record.end)
        }
      }),
    )
  })

  test('keeps what a write does not mention', () => {
    const first = afterWrite(NEW_LOG, [message({ time: 5 })], { awaitingRelease: [1, 2] }, 0)
    expect(afterWrite(first, [], {}, 0)).toEqual(first)
    expect(afterWrite(first, [], { awaitingRelease: [] }, 0).awaitingRelease).toEqual([])
  })

  test('knows when its newest entry happened, even if the clock was set back', () => {
    const record = afterWrite(NEW_LOG, [message({ time: 5 }), message({ time: 3 })], {}, 0)
    expect(record.lastTime).toBe(3)
    expect(NEW_LOG).not.toHaveProperty('lastTime')
  })

  test('[LG7] cleared, it counts from 0, goes on with its seqs and keeps what awaits release', () => {
    const written = afterWrite(NEW_LOG, [message(), message()], { awaitingRelease: [7] }, 50)
    const cleared = afterClear(written)
    expect(cleared).toEqual({
      counters: { ...NEW_LOG.counters, cleared: 1 },
      start: 2,
      end: 2,
      awaitingRelease: [7],
      unacknowledged: [],
    })
    expect(afterClear(cleared).counters.cleared).toBe(2)
  })
})
