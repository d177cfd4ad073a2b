import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Acknowledgement } from '@/core/packet/acknowledgement.ts'
import { StorageError } from '@/core/storageError.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import { message } from '@/log/sample.ts'
import { FIRST_WAIT, GATHERING, Intake } from './intake.ts'
import { PendingBytes } from './pendingBytes.ts'
import { emptyIndexedDb, openLog } from './testing/logs.ts'
import { ManualClock } from './testing/manualClock.ts'
import type { ReceivedPublish } from './wire/wire.ts'

function publish(differences: Partial<ReceivedPublish> = {}): ReceivedPublish {
  const { topic, time, properties } = message()
  const payload = new Uint8Array([1])
  const flags = { qos: 0, retain: false, dup: false, packetId: 0 } as const
  return { topic, time, properties, payload, ...flags, ...differences }
}

/** Keeps what it is told to acknowledge, each call as one list. */
class Wire {
  readonly sent: Acknowledgement[][] = []
  acknowledge(acknowledgements: readonly Acknowledgement[]) {
    this.sent.push([...acknowledgements])
  }
}

async function setup({ limit, log: given }: { limit?: number; log?: MessageLog } = {}) {
  const clock = new ManualClock()
  const log = given ?? (await openLog())
  const pending = new PendingBytes(limit === undefined ? {} : { failing: limit })
  const onFailed = vi.fn()
  const onStored = vi.fn()
  const onUnexpected = (error: unknown) => {
    throw error
  }
  const intake = new Intake({ log, clock, pending, onFailed, onStored, onUnexpected })
  const kept = async () => (await openLog()).read(0, Infinity)
  return { clock, log, pending, intake, wire: new Wire(), onFailed, onStored, kept }
}

/** Makes the next writes fail. */
function breakStorage(log: MessageLog, times = Infinity) {
  const failure = { code: 'storage', what: 'log', cause: 'quota', detail: 'full' } as const
  const write = vi.spyOn(log, 'write')
  write.mockImplementation(() => {
    if (--times <= 0) write.mockRestore()
    return Promise.reject(new StorageError(failure))
  })
  return () => write.mockRestore()
}

beforeEach(emptyIndexedDb)

describe('what is received', () => {
  test('[IN1] is acknowledged after the commit that stores it, and not before', async () => {
    const { intake, log, wire } = await setup()
    const endAtAnswer: number[] = []
    const acknowledge = wire.acknowledge.bind(wire)
    wire.acknowledge = (all) => {
      endAtAnswer.push(log.end)
      acknowledge(all)
    }
    for (let n = 1; n <= 3; n++) intake.receive(publish({ qos: 1, packetId: n }), false, wire)
    expect(wire.sent).toEqual([])
    await vi.waitFor(() => expect(wire.sent.flat()).toHaveLength(3))
    expect(endAtAnswer).toEqual([3])
  })

  test('[IN2] in one WebSocket message is written and acknowledged together', async () => {
    const { intake, wire, onStored } = await setup()
    for (let n = 1; n <= 64; n++) intake.receive(publish({ qos: 1, packetId: n }), false, wire)
    await vi.waitFor(() => expect(wire.sent.flat()).toHaveLength(64))
    expect(wire.sent).toHaveLength(1)
    expect(onStored).toHaveBeenCalledOnce()
  })

  test('[IN3] of QoS 0 is gathered for a moment, unless somebody waits', async () => {
    const { clock, intake, log, wire } = await setup()
    intake.receive(publish(), false, wire)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(log.end).toBe(0)
    clock.pass(GATHERING)
    await vi.waitFor(() => expect(log.end).toBe(1))
    intake.receive(publish(), false, wire)
    await vi.waitFor(() => expect(clock.waiting).toBe(1))
    intake.receive(publish({ qos: 1, packetId: 7 }), false, wire)
    await vi.waitFor(() => expect(log.end).toBe(3))
  })

  test('[IN4] stays in order with what is published and with the marks', async () => {
    const { intake, wire, kept } = await setup()
    intake.receive(publish({ topic: 'a' }), false, wire)
    const seq = intake.publish(message({ direction: 'out', topic: 'b' }))
    intake.mark({ type: 'session', present: true })
    intake.receive(publish({ topic: 'c' }), true, wire)
    expect(await seq).toBe(1)
    await intake.settled(1000)
    const entries = await kept()
    expect(entries.map((entry) => (entry.kind === 'message' ? entry.topic : 'mark'))).toEqual([
      'a',
      'b',
      'mark',
      'c',
    ])
    expect(entries[3]).toMatchObject({ queued: true })
  })

  test('[IN5] ten thousand messages of QoS 1 are stored in order, each acknowledged once', async () => {
    const { intake, log, wire, kept } = await setup()
    const count = 10_000
    for (let n = 0; n < count; n += 1) {
      const payload = new Uint8Array(Uint32Array.of(n).buffer)
      intake.receive(publish({ qos: 1, packetId: n + 1, payload }), false, wire)
      if (n % 64 === 0) await new Promise(setImmediate)
    }
    await vi.waitFor(() => expect(log.end).toBe(count), 10_000)
    const acknowledged = wire.sent.flat().map(({ packetId }) => packetId)
    expect(acknowledged).toEqual(Array.from({ length: count }, (_, n) => n + 1))
    const stored = await kept()
    const numbers = stored.map((entry) =>
      entry.kind === 'message' ? new Uint32Array(entry.payload.slice().buffer)[0] : undefined,
    )
    expect(numbers).toEqual(Array.from({ length: count }, (_, n) => n))
    expect(log.counters.received).toBe(count)
  })
})

describe('QoS 2', () => {
  test('[IN6] a repeated packet is acknowledged again and stored once', async () => {
    const { intake, log, wire } = await setup()
    intake.receive(publish({ qos: 2, packetId: 5 }), false, wire)
    intake.receive(publish({ qos: 2, packetId: 5, dup: true }), false, wire)
    await vi.waitFor(() => expect(wire.sent.flat()).toHaveLength(2))
    intake.receive(publish({ qos: 2, packetId: 5, dup: true }), false, wire)
    await vi.waitFor(() => expect(wire.sent.flat()).toHaveLength(3))
    expect(wire.sent.flat()).toEqual(Array(3).fill({ kind: 'pubrec', packetId: 5 }))
    expect(log.counters.received).toBe(1)
    expect(log.awaitingRelease).toEqual([5])
  })

  test('[IN6] a repeated packet is known over a restart', async () => {
    const before = await setup()
    before.intake.receive(publish({ qos: 2, packetId: 5 }), false, before.wire)
    await vi.waitFor(() => expect(before.wire.sent).toHaveLength(1))
    const after = await setup({ log: await openLog() })
    after.intake.receive(publish({ qos: 2, packetId: 5, dup: true }), false, after.wire)
    await vi.waitFor(() => expect(after.wire.sent).toHaveLength(1))
    expect(after.log.counters.received).toBe(1)
  })

  test('[IN7] PUBCOMP goes out when the identifier is forgotten for good, and it is free then', async () => {
    const { intake, log, wire } = await setup()
    intake.receive(publish({ qos: 2, packetId: 5 }), false, wire)
    intake.release(5, wire)
    await vi.waitFor(() => expect(wire.sent.flat()).toHaveLength(2))
    expect(wire.sent.flat()[1]).toEqual({ kind: 'pubcomp', packetId: 5 })
    expect((await openLog()).awaitingRelease).toEqual([])
    intake.receive(publish({ qos: 2, packetId: 5 }), false, wire)
    await vi.waitFor(() => expect(log.counters.received).toBe(2))
  })

  test('[IN7] a PUBREL for an identifier that is not known is answered too', async () => {
    const { intake, wire } = await setup()
    intake.release(9, wire)
    await vi.waitFor(() => expect(wire.sent.flat()).toEqual([{ kind: 'pubcomp', packetId: 9 }]))
  })

  test('[IN8] identifiers of a session that is gone are void', async () => {
    const { intake, log, wire } = await setup()
    intake.receive(publish({ qos: 2, packetId: 5 }), false, wire)
    intake.startSession()
    intake.receive(publish({ qos: 2, packetId: 5 }), false, wire)
    await vi.waitFor(() => expect(log.counters.received).toBe(2))
    expect(log.awaitingRelease).toEqual([5])
  })
})

describe('storage that fails', () => {
  test('[IN9] loses nothing, and QoS 1 stays unacknowledged until it recovers', async () => {
    const { clock, intake, log, wire, onFailed, pending } = await setup({ limit: 1e6 })
    breakStorage(log, 3)
    intake.receive(publish({ qos: 1, packetId: 1 }), false, wire)
    intake.receive(publish({ topic: 'zero' }), false, wire)
    for (const wait of [FIRST_WAIT, 2 * FIRST_WAIT]) {
      await vi.waitFor(() => expect(clock.waiting).toBe(1))
      expect(wire.sent).toEqual([])
      clock.pass(wait)
    }
    await vi.waitFor(() => expect(clock.waiting).toBe(1))
    intake.receive(publish({ qos: 1, packetId: 2 }), false, wire)
    clock.pass(4 * FIRST_WAIT)
    await vi.waitFor(() => expect(log.counters.received).toBe(3))
    expect(wire.sent.flat().map(({ packetId }) => packetId)).toEqual([1, 2])
    expect(onFailed).toHaveBeenCalledOnce()
    expect(pending.bytes).toBe(0)
  })

  test('[IN10] drops QoS 0 beyond the memory it may take, and says so at that place', async () => {
    const { clock, intake, log, wire, kept } = await setup({ limit: 600 })
    const repair = breakStorage(log)
    intake.receive(publish({ topic: 'kept' }), false, wire)
    await vi.waitFor(() => expect(clock.waiting).toBe(1))
    clock.pass(GATHERING)
    await vi.waitFor(() => expect(clock.waiting).toBe(1))
    intake.receive(publish({ topic: 'kept' }), false, wire)
    intake.receive(publish({ topic: 'kept' }), false, wire)
    for (let n = 0; n < 10; n++) {
      intake.receive(publish({ topic: 'gone', time: 1_700_000_000_000 + n }), false, wire)
    }
    intake.receive(publish({ topic: 'kept', qos: 1, packetId: 1 }), false, wire)
    repair()
    clock.pass(FIRST_WAIT)
    await vi.waitFor(() => expect(wire.sent).toHaveLength(1))
    const entries = await kept()
    expect(entries.map((entry) => entry.kind)).toEqual([
      'message',
      'message',
      'message',
      'mark',
      'message',
    ])
    const [from, to] = [1_700_000_000_000, 1_700_000_000_009]
    const mark = { type: 'dropped', count: 10, from, to, reason: 'storage-failed' }
    expect(entries[3]).toMatchObject({ mark })
    expect(log.counters).toMatchObject({ received: 14, stored: 4, dropped: 10 })
  })

  test('[IN11] what a closed intake still had no longer counts as waiting', async () => {
    const { clock, intake, log, pending, wire } = await setup({ limit: 200 })
    breakStorage(log)
    intake.receive(publish(), false, wire)
    clock.pass(GATHERING)
    expect(pending.hasRoom(true)).toBe(false)
    intake.close()
    await vi.waitFor(() => expect(pending.bytes).toBe(0))
    await intake.settled(1000)
  })
})

test('[IN12] settling does not wait longer than it is told', async () => {
  const { clock, intake, log, wire } = await setup()
  breakStorage(log)
  intake.receive(publish(), false, wire)
  let isSettled = false
  void intake.settled(500).then(() => (isSettled = true))
  await vi.waitFor(() => expect(clock.waiting).toBe(2))
  clock.pass(499)
  await Promise.resolve()
  expect(isSettled).toBe(false)
  clock.pass(1)
  await vi.waitFor(() => expect(isSettled).toBe(true))
})
