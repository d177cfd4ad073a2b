import { describe, expect, test } from 'vitest'
import type { LogEntry } from './entry.ts'
import { message } from './sample.ts'
import { pack } from './pack.ts'
import { Selection } from './selection.ts'
import type { LogFilter } from './selection.ts'

const entries: LogEntry[] = [
  message({ topic: 'a' }),
  message({ topic: 'b', direction: 'out' }),
  { kind: 'mark', time: 0, mark: { type: 'session', present: true } },
  message({ topic: 'b' }),
  message({ topic: 'a', qos: 2, retain: true, dup: true, queued: true }),
]

function select(filter: LogFilter, from = 0): number[] {
  const found: number[] = []
  new Selection(filter).collect(pack(100, entries).head, from, found)
  return found
}

describe('a selection', () => {
  test('[LG4] has all messages, and no marks, when nothing is asked for', () => {
    expect(select({})).toEqual([100, 101, 103, 104])
  })

  test('[LG4] tells received from published messages', () => {
    expect(select({ direction: 'in' })).toEqual([100, 103, 104])
    expect(select({ direction: 'out' })).toEqual([101])
  })

  test('[LG4] tells topics apart', () => {
    expect(select({ matchesTopic: (topic) => topic === 'b' })).toEqual([101, 103])
    expect(select({ matchesTopic: (topic) => topic === 'b', direction: 'in' })).toEqual([103])
    expect(select({ matchesTopic: () => false })).toEqual([])
  })

  test('[LG4] begins at the seq that is asked for', () => {
    expect(select({}, 103)).toEqual([103, 104])
    expect(select({}, 105)).toEqual([])
  })

  test('tests each distinct topic once, over all segments', () => {
    const tested: string[] = []
    const matchesTopic = (topic: string) => tested.push(topic) > 0
    const selection = new Selection({ matchesTopic })
    for (const firstSeq of [0, 5, 10]) selection.collect(pack(firstSeq, entries).head, 0, [])
    expect(tested).toEqual(['a', 'b'])
  })
})
