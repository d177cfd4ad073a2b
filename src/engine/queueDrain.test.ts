import { expect, test } from 'vitest'
import type { QueueCount } from '@/core/session.ts'
import { LONGEST_DRAIN, QueueDrain } from './queueDrain.ts'
import { ManualClock } from './testing/manualClock.ts'

const NOW = 1_700_000_000_000
const message = { qos: 1, retain: false }

/** A drain whose pings are answered by hand, and a count of what is not acknowledged. */
function setup() {
  const clock = new ManualClock(NOW)
  const pings: (() => void)[] = []
  const counted: QueueCount[] = []
  const state = { unacknowledged: 0 }
  const drain = new QueueDrain({
    clock,
    isAcknowledged: () => state.unacknowledged === 0,
    ping: (answered) => pings.push(answered),
    onCounted: (queue) => counted.push(queue),
  })
  const receive = (at = NOW) => {
    state.unacknowledged += 1
    const isQueued = drain.isQueued(message, at)
    if (isQueued) drain.count()
    return isQueued
  }
  const acknowledge = () => {
    state.unacknowledged = 0
    drain.proceed()
  }
  return { clock, drain, pings, counted, receive, acknowledge }
}

test('[QD1] a message before the first quiet round was queued, one after it was not', () => {
  const { pings, receive } = setup()
  pings[0]?.()
  expect(receive()).toBe(false)
})

test('[QD1] a broker that sends twenty and waits for answers has all its messages found', () => {
  const { pings, receive, acknowledge } = setup()
  for (let round = 0; round < 5; round++) {
    for (let n = 0; n < 20; n++) expect(receive()).toBe(true)
    pings.shift()?.()
    acknowledge()
  }
  // The ping after the last acknowledgement is answered with nothing in front of it.
  pings.shift()?.()
  expect(receive()).toBe(false)
})

test('[QD2] no round begins while something is not acknowledged', () => {
  const { pings, receive, acknowledge } = setup()
  receive()
  pings.shift()?.()
  expect(pings).toHaveLength(0)
  acknowledge()
  expect(pings).toHaveLength(1)
})

test('[QD2] a PUBREL shows that QoS 2 is still under way', () => {
  const { drain, pings, receive } = setup()
  drain.disturb()
  pings.shift()?.()
  expect(pings).toHaveLength(1)
  expect(receive()).toBe(true)
})

test('[QD3] QoS 0 and retained messages are never called queued, and do not disturb', () => {
  const { drain, pings, receive } = setup()
  expect(drain.isQueued({ qos: 0, retain: false }, NOW)).toBe(false)
  expect(drain.isQueued({ qos: 1, retain: true }, NOW)).toBe(false)
  pings[0]?.()
  expect(receive()).toBe(false)
})

test('[QD4] under steady traffic everything is new after ten seconds', () => {
  const { receive } = setup()
  expect(receive(NOW + LONGEST_DRAIN - 1)).toBe(true)
  expect(receive(NOW + LONGEST_DRAIN)).toBe(false)
  expect(receive(NOW)).toBe(false)
})

test('[SY3] what comes is counted a few times a second, and once more when the queue is empty', () => {
  const { clock, pings, counted, receive, acknowledge } = setup()
  for (let n = 0; n < 20; n++) receive()
  expect(counted).toEqual([])
  clock.pass(300)
  expect(counted).toEqual([{ count: 20, isOver: false }])
  receive()
  pings.shift()?.()
  acknowledge()
  pings.shift()?.()
  const over = { count: 21, isOver: true }
  expect(counted.slice(1)).toEqual([over])
  receive()
  clock.pass(LONGEST_DRAIN)
  expect(counted.slice(1)).toEqual([over])
})

test('[SY3] an empty queue is told as 0', () => {
  const { pings, counted } = setup()
  pings.shift()?.()
  expect(counted).toEqual([{ count: 0, isOver: true }])
})

test('[SY3] a broker that does not answer, or a connection that ends, makes the count final', () => {
  const silent = setup()
  silent.receive()
  silent.clock.pass(LONGEST_DRAIN)
  expect(silent.counted.at(-1)).toEqual({ count: 1, isOver: true })
  const cut = setup()
  cut.receive()
  cut.drain.end()
  cut.drain.end()
  expect(cut.counted).toEqual([{ count: 1, isOver: true }])
  expect(cut.clock.waiting).toBe(0)
})
