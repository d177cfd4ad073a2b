import process from 'node:process'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HostileMeeting } from './testing/hostileMeeting.ts'

const STREAMS = 10_000
/** So many connections at a time, so that their timers need to be waited for only once. */
const AT_A_TIME = 50

/** Lets everything happen that is to happen at once: microtasks, ticks, and timers without a wait. */
async function settle(): Promise<void> {
  for (let round = 0; round < 2; round += 1) await vi.advanceTimersByTimeAsync(1)
}

const rejections: unknown[] = []
const onRejection = (reason: unknown) => void rejections.push(reason)

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate'],
  })
  process.on('unhandledRejection', onRejection)
})

afterEach(() => {
  process.off('unhandledRejection', onRejection)
  vi.useRealTimers()
})

describe('a hostile broker', { timeout: 180_000 }, () => {
  test('[HB1] crashes, hangs and outgrows nothing with 10,000 streams that are wrong', async () => {
    const outcomes = new Map<string, number>()
    const memory = process.memoryUsage().arrayBuffers
    for (let first = 0; first < STREAMS; first += AT_A_TIME) {
      const meetings = Array.from({ length: AT_A_TIME }, (_, n) => new HostileMeeting(first + n))
      await settle()
      for (const { sockets } of meetings) sockets[0]?.open()
      await settle()
      const longest = Math.max(...meetings.map(({ stream }) => stream.messages.length))
      for (let n = 0; n < longest; n += 1) {
        for (const { sockets, stream } of meetings) {
          const message = stream.messages[n]
          if (message !== undefined) sockets[0]?.receive(message)
        }
        // What is asked after the CONNACK is asked before the rest comes.
        if (n < 2 || n % 64 === 0) await settle()
      }
      await settle()
      expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(64 * 1024 * 1024)
      for (const meeting of meetings) {
        const { seed, session, faults, ends, isSane } = meeting
        expect({ seed, isSane, faults }).toEqual({ seed, isSane: true, faults: [] })
        const outcome = ends.length === 0 ? session.state.phase : (ends[0]?.code ?? 'ended')
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        if (meeting.stream.mutations === 0)
          expect({ seed, outcome }).toEqual({ seed, outcome: 'connected' })
        void session.end()
      }
      await settle()
      await vi.advanceTimersByTimeAsync(2_000)
      for (const { seed, session, ends, waiting } of meetings) {
        const { phase } = session.state
        const all = { seed, phase, ends: ends.length, waiting }
        expect(all).toEqual({ seed, phase: 'disconnected', ends: 1, waiting: 0 })
      }
      expect({ first, timers: vi.getTimerCount() }).toEqual({ first, timers: 0 })
    }
    expect(rejections).toEqual([])
    // They went wrong in every way, and those that nobody spoilt did not.
    const ways = ['connected', 'connecting', 'protocol-error', 'refused', 'server-disconnect']
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(ways))
  })
})
