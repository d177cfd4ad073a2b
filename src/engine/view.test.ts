import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { MessageRow, Row } from '@/core/message.ts'
import { PREVIEW_BYTES } from '@/core/message.ts'
import type { LogEntry } from '@/log/entry.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import { message } from '@/log/sample.ts'
import type { RowContext } from './row.ts'
import { emptyIndexedDb, openLog } from './testing/logs.ts'
import { View } from './view.ts'

const context: RowContext = { matching: () => [], outcomeOf: () => undefined }

/** Message number n: every third was published, and topics go round. */
function numbered(n: number): LogEntry {
  return message({
    topic: `t/${n % 4}`,
    direction: n % 3 === 2 ? 'out' : 'in',
    payload: bytesOf(n),
  })
}

function bytesOf(n: number): Uint8Array {
  return new Uint8Array(Int32Array.of(n).buffer)
}

function numbers(rows: Row[]): number[] {
  return rows.map((row) =>
    row.kind === 'message' ? (new Int32Array(row.preview.buffer)[0] ?? NaN) : NaN,
  )
}

let log: MessageLog

async function write(from: number, to: number) {
  await log.write(Array.from({ length: to - from }, (_, i) => numbered(from + i)))
}

beforeEach(async () => {
  emptyIndexedDb()
  log = await openLog()
})

describe('a window', () => {
  beforeEach(() => write(0, 20))

  test.each([
    ['the last', { last: 3 }, 17, [17, 18, 19]],
    ['more than there are', { last: 50 }, 0, Array.from({ length: 20 }, (_, i) => i)],
    ['a part', { from: 5, to: 8 }, 5, [5, 6, 7]],
    ['a part beyond the end', { from: 18, to: 30 }, 18, [18, 19]],
    ['nothing beyond the end', { from: 40, to: 50 }, 20, []],
    ['nothing', { from: 9, to: 4 }, 9, []],
    ['before the start', { from: -5, to: 2 }, 0, [0, 1]],
  ])('[VW1] gives %s', async (_title, window, from, expected) => {
    const content = await new View(log, {}).read(window, context)
    expect(content).toMatchObject({ count: 20, from, cleared: 0 })
    expect(numbers(content.rows)).toEqual(expected)
  })

  test('[VW2] counts from the first entry after the log was emptied', async () => {
    const view = new View(log, {})
    const filtered = new View(log, { topicFilter: 't/0' })
    await filtered.read({ last: 5 }, context)
    await log.clear()
    await write(100, 105)
    const content = await view.read({ from: 20, to: 22 }, context)
    expect(content).toMatchObject({ first: 20, count: 5, from: 20, cleared: 1 })
    expect(numbers(content.rows)).toEqual([100, 101])
    expect(numbers((await filtered.read({ last: 5 }, context)).rows)).toEqual([100, 104])
  })

  test('[VW2] never mixes the rows of before and after', async () => {
    const view = new View(log, {})
    const reading = view.read({ from: 0, to: 20 }, context)
    await log.clear()
    const { count, rows, cleared } = await reading
    expect([cleared === 0 ? 20 : 0, rows.length]).toEqual([count, count])
  })
})

describe('a filter', () => {
  test.each([
    [{ direction: 'out' } as const, (n: number) => n % 3 === 2],
    [{ direction: 'in' } as const, (n: number) => n % 3 !== 2],
    [{ topicFilter: 't/1' }, (n: number) => n % 4 === 1],
    [{ topicFilter: 't/+', direction: 'out' } as const, (n: number) => n % 3 === 2],
    [{ topicFilter: '$share/g/t/2' }, (n: number) => n % 4 === 2],
  ])('[VW3] %j gives the messages that pass, wherever they lie', async (filter, passes) => {
    const view = new View(log, filter)
    let end = 0
    for (const to of [3, 50, 4_200, 4_300, 9_000]) {
      await write(end, to)
      end = to
      const expected = Array.from({ length: end }, (_, n) => n).filter(passes)
      const { count, from, rows } = await view.read({ last: 40 }, context)
      expect([count, from]).toEqual([expected.length, Math.max(0, expected.length - 40)])
      expect(numbers(rows)).toEqual(expected.slice(-40))
    }
    const expected = Array.from({ length: end }, (_, n) => n).filter(passes)
    const { rows } = await view.read({ from: 10, to: 30 }, context)
    expect(numbers(rows)).toEqual(expected.slice(10, 30))
  })

  test('[VW4] looks only at what came since it was read', async () => {
    await write(0, 5_000)
    const view = new View(log, { direction: 'out' })
    await view.read({ last: 5 }, context)
    const select = vi.spyOn(log, 'select')
    await view.read({ last: 5 }, context)
    expect(select).not.toHaveBeenCalled()
    await write(5_000, 5_010)
    await view.read({ last: 5 }, context)
    expect(select).toHaveBeenCalledExactlyOnceWith(expect.anything(), 5_000)
  })

  test('[VW16] goes on counting when the oldest messages were let go, and has what was kept', async () => {
    await log.write([message({ topic: 't/9', direction: 'out', payload: bytesOf(-1) })])
    await write(0, 12_000)
    const filtered = new View(log, { direction: 'out' })
    const all = new View(log, {})
    const window = { from: 3_000, to: 3_004 }
    const before = await filtered.read(window, context)
    const anyBefore = await all.read({ from: 9_000, to: 9_004 }, context)
    await log.letGo({ messages: 6_000, bytes: 1e9 }, 0)
    expect([log.start, log.kept]).toEqual([8_192, [0]])

    const after = await filtered.read(window, context)
    expect(numbers(after.rows)).toEqual(numbers(before.rows))
    expect(after.first + after.count).toBe(before.count)
    const first = await filtered.read({ from: after.first, to: after.first + 2 }, context)
    expect(numbers(first.rows)).toEqual([-1, 8_192])

    const any = await all.read({ from: 9_000, to: 9_004 }, context)
    expect(any).toMatchObject({ first: 8_191, count: 12_001 - 8_191 })
    expect(numbers(any.rows)).toEqual(numbers(anyBefore.rows))
    const oldest = await all.read({ from: 0, to: 8_193 }, context)
    expect(numbers(oldest.rows)).toEqual([-1, 8_191])
    const fresh = await new View(log, { direction: 'out' }).read({ last: 1e9 }, context)
    expect([fresh.first, fresh.count]).toEqual([0, after.count])
  })

  test('[VW5] leaves marks out, and no filter leaves them in', async () => {
    await log.write([{ kind: 'mark', time: 1, mark: { type: 'session', present: true } }])
    await write(0, 1)
    expect((await new View(log, {}).read({ last: 9 }, context)).count).toBe(2)
    expect((await new View(log, { direction: 'in' }).read({ last: 9 }, context)).count).toBe(1)
  })

  test('[VW6] a few rows far apart are read without all that lies between them', async () => {
    const entries = Array.from({ length: 20_000 }, (_, n) =>
      message({ topic: n % 5_000 === 0 ? 'rare' : 'common' }),
    )
    for (let at = 0; at < entries.length; at += 4_000)
      await log.write(entries.slice(at, at + 4_000))
    const read = vi.spyOn(log, 'read')
    const { rows } = await new View(log, { topicFilter: 'rare' }).read({ last: 10 }, context)
    expect(rows.map(({ seq }) => seq)).toEqual([0, 5_000, 10_000, 15_000])
    const asked = read.mock.calls.reduce((sum, [from, to]) => sum + to - from, 0)
    expect(asked).toBe(4)
  })
})

describe('a row', () => {
  test('[VW7] carries a preview with a buffer of its own, and the size of the whole', async () => {
    const payload = new Uint8Array(PREVIEW_BYTES + 100).fill(7)
    await log.write([message({ payload }), message({ payload: Uint8Array.of(1, 2) })])
    const { rows } = await new View(log, {}).read({ last: 2 }, context)
    const [long, short] = rows as MessageRow[]
    expect([long?.size, long?.preview.length]).toEqual([payload.length, PREVIEW_BYTES])
    expect([short?.size, short?.preview.buffer.byteLength]).toEqual([2, 2])
  })

  test('[VW8] says its properties, its subscriptions and what became of it', async () => {
    // Content Type "x" (MQTT 5.0 §3.3.2.3.9).
    const properties = Uint8Array.of(3, 0, 1, 120)
    await log.write([message({ properties, topic: 'a' }), message({ direction: 'out' })])
    const { rows } = await new View(log, {}).read(
      { last: 2 },
      {
        matching: (topic) => (topic === 'a' ? ['s1' as never] : []),
        outcomeOf: ({ seq }) => ({ state: 'refused', reasonCode: 0x80 + seq }),
      },
    )
    expect(rows[0]).toMatchObject({ properties: { contentType: 'x' }, subscriptions: ['s1'] })
    expect(rows[0]).not.toHaveProperty('outcome')
    expect(rows[1]).toMatchObject({ outcome: { state: 'refused', reasonCode: 0x81 } })
  })
})

describe('exactly these entries', () => {
  test('[VW17] are the rows, and those that are gone are left out', async () => {
    await write(0, 9_000)
    const view = new View(log, {})
    const seqs = [3, 4, 5_000, 8_999, 9_500]
    const content = await view.read({ seqs }, context)
    expect(content).toMatchObject({ count: 4, from: 0 })
    expect(content.rows.map(({ seq }) => seq)).toEqual([3, 4, 5_000, 8_999])
    expect((await view.read({ seqs: [] }, context)).rows).toEqual([])
    await log.clear()
    expect((await view.read({ seqs }, context)).rows).toEqual([])
  })
})

describe('the message before one of the same topic', () => {
  beforeEach(async () => {
    await log.write([0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({ ...numbered(n), time: 100 * n })))
    await log.write([{ kind: 'mark', time: 800, mark: { type: 'session', present: true } }])
  })

  const previous = (rows: Row[]) =>
    rows.map((row) => (row.kind === 'message' ? row.previous : 'mark'))

  test('[VW18] is told where it is asked for, as far as it is looked for', async () => {
    const view = new View(log, {})
    const read = async (lookBack?: number) => {
      const window = { from: 5, to: 9, ...(lookBack === undefined ? {} : { lookBack }) }
      const content = await view.read(window, context)
      expect(content).toMatchObject({ count: 9, from: 5 })
      return previous(content.rows)
    }
    expect(await read()).toEqual([undefined, undefined, undefined, 'mark'])
    expect(await read(3)).toEqual([undefined, 200, 300, 'mark'])
    expect(await read(50)).toEqual([100, 200, 300, 'mark'])
  })

  test('[VW18] it is the one before it in the view', async () => {
    // Of topic t/1 these are messages 1 and 5, of which 5 was published.
    const view = new View(log, { topicFilter: 't/1' })
    const { rows } = await view.read({ last: 1, lookBack: 9 }, context)
    expect(previous(rows)).toEqual([100])
    const received = new View(log, { direction: 'in' })
    const content = await received.read({ last: 1, lookBack: 9 }, context)
    expect(numbers(content.rows)).toEqual([7])
    expect(previous(content.rows)).toEqual([300])
    const hits = await received.read({ seqs: [0, 3, 7] }, context)
    expect(previous(hits.rows)).toEqual([undefined, undefined, 300])
  })
})

describe('the first row at or after a time', () => {
  const at = async (time: number, filter = {}) => {
    const { from, rows } = await new View(log, filter).read({ at: time }, context)
    return [from, ...numbers(rows)]
  }

  test('[VW19] is found in the order of the log, also where the clock was set back', async () => {
    const times = [100, 200, 300, 250, 260, 400]
    await log.write(times.map((time, n) => ({ ...numbered(n), time })))
    expect(await at(0)).toEqual([0, 0])
    expect(await at(200)).toEqual([1, 1])
    expect(await at(250)).toEqual([2, 2])
    expect(await at(301)).toEqual([5, 5])
    expect(await at(401)).toEqual([6])
  })

  test('[VW19] is found across chunks, and counted in the view', async () => {
    const entries = Array.from({ length: 10_000 }, (_, n) => ({ ...numbered(n), time: n }))
    for (let n = 0; n < entries.length; n += 1_000) await log.write(entries.slice(n, n + 1_000))
    expect(await at(7_500)).toEqual([7_500, 7_500])
    // Every third was published, from message 2 on.
    expect(await at(7_500, { direction: 'out' })).toEqual([2_500, 7_502])
    expect(await at(10_000, { direction: 'out' })).toEqual([3_333])
  })
})
