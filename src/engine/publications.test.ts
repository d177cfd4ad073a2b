import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PublishOutcome } from '@/core/message.ts'
import { message } from '@/log/sample.ts'
import { Publications, SETTLING_PERIOD } from './publications.ts'
import { emptyIndexedDb, openLog } from './testing/logs.ts'
import { ManualClock } from './testing/manualClock.ts'

const acknowledged = { state: 'acknowledged', reasonCode: 0 } as const
const refused = { state: 'refused', reasonCode: 0x87 } as const
const unacknowledged = { state: 'unacknowledged' } as const

beforeEach(emptyIndexedDb)

/** What is published goes into a log of its own, which the next `setup` opens again. */
async function setup() {
  const log = await openLog()
  const clock = new ManualClock()
  const [onChanged, onListed, onError] = [vi.fn(), vi.fn(), vi.fn()]
  const publications = new Publications({ log, clock, onChanged, onListed, onError })
  const publish = (qos: 0 | 1 | 2 = 1) => log.write([message({ direction: 'out', qos })])
  /** Publishes a message and gives the broker's answer to it. */
  const answered = async (outcome: PublishOutcome) => {
    const { seq } = await publications.follow(publish(), { outcome: Promise.resolve(outcome) })
    return seq
  }
  return { log, clock, publications, onChanged, onListed, onError, publish, answered }
}

/** A promise, and what settles it. */
function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>((settle) => (resolve = settle))
  return { promise, resolve }
}

test('[PO1] of what an earlier engine published only what was not acknowledged is known', async () => {
  const earlier = await setup()
  const first = await earlier.answered(acknowledged)
  await earlier.publications.settled()
  const second = await earlier.publish()
  const { publications } = await setup()
  expect(publications.outcomeOf(first, 1)).toBeUndefined()
  expect(publications.outcomeOf(second, 1)).toEqual(unacknowledged)
})

describe('a message', () => {
  test('[PO2] is pending until the broker has answered, whichever comes first', async () => {
    const { publications, publish, onChanged } = await setup()
    const { promise: outcome, resolve } = deferred<PublishOutcome>()
    const stored = await publications.follow(publish(), { outcome })
    expect(stored).toEqual({ seq: 0, outcome: { state: 'pending' } })
    expect(publications.outcomeOf(0, 1)).toEqual({ state: 'pending' })
    onChanged.mockClear()
    resolve(acknowledged)
    await vi.waitFor(() => expect(onChanged).toHaveBeenCalled())
    expect(publications.outcomeOf(0, 1)).toEqual(acknowledged)

    const late = new Promise((resolve) => setTimeout(resolve, 10)).then(() => publish())
    const { seq } = await publications.follow(late, { outcome: Promise.resolve(refused) })
    expect(publications.outcomeOf(seq, 1)).toEqual(refused)
  })

  test('[IF1] of QoS 2 is received between PUBREC and PUBCOMP', async () => {
    const { publications, publish } = await setup()
    const { promise: outcome, resolve } = deferred<PublishOutcome>()
    const received = deferred<undefined>()
    const handshake = { outcome, received: received.promise }
    const { seq } = await publications.follow(publish(2), handshake)
    expect(publications.outcomeOf(seq, 2)).toEqual({ state: 'pending' })
    received.resolve(undefined)
    await vi.waitFor(() => expect(publications.outcomeOf(seq, 2)).toEqual({ state: 'received' }))
    expect(publications.unacknowledged).toEqual([])
    resolve(acknowledged)
    await vi.waitFor(() => expect(publications.outcomeOf(seq, 2)).toEqual(acknowledged))

    const all = { outcome: Promise.resolve(acknowledged), received: Promise.resolve() }
    expect((await publications.follow(publish(2), all)).outcome).toEqual(acknowledged)
  })

  test('[PO3] needs no memory after plain success, and is forgotten when it was cleared', async () => {
    const { log, publications, answered } = await setup()
    expect(publications.outcomeOf(5, 0)).toEqual({ state: 'sent' })
    expect(publications.outcomeOf(5, 2)).toEqual(acknowledged)
    const seq = await answered(refused)
    expect(publications.outcomeOf(seq, 1)).toEqual(refused)
    await log.clear()
    publications.forgetGone()
    expect(publications.outcomeOf(seq, 1)).toEqual(acknowledged)
  })
})

describe('the list', () => {
  test('[IF3] has what was not answered when the connection ended, and nothing in flight', async () => {
    const { publications, publish, answered, onListed, clock } = await setup()
    await answered(acknowledged)
    const lost = await answered(unacknowledged)
    await publications.follow(publish(), { outcome: new Promise(() => undefined) })
    expect(publications.unacknowledged).toEqual([lost])
    clock.pass(SETTLING_PERIOD)
    expect(onListed).toHaveBeenCalledTimes(1)
    expect(publications.outcomeOf(lost, 1)).toEqual(unacknowledged)
  })

  test('[IF3] has after a crash what was in flight, and what the log had not been told of', async () => {
    const earlier = await setup()
    const told = await earlier.answered(acknowledged)
    await earlier.publications.settled()
    await earlier.answered(acknowledged)
    await earlier.answered(unacknowledged)
    await earlier.publish()
    const { publications } = await setup()
    expect(publications.unacknowledged).toEqual([1, 2, 3])
    expect(publications.outcomeOf(told, 1)).toBeUndefined()
  })

  test('[IF4] is written once for a thousand answers, and once more for those that follow', async () => {
    const { log, clock, publications, answered } = await setup()
    const settle = vi.spyOn(log, 'settle')
    for (let n = 0; n < 1_000; n += 1) await answered(n % 2 === 0 ? acknowledged : refused)
    expect(settle).not.toHaveBeenCalled()
    clock.pass(SETTLING_PERIOD)
    await vi.waitFor(() => expect(log.unacknowledged).toEqual([]))
    await answered(acknowledged)
    await publications.settled()
    expect(settle).toHaveBeenCalledTimes(2)
    expect(log.unacknowledged).toEqual([])
  })

  test('[IF4] is written with the next answer where storage failed', async () => {
    const { log, publications, answered, onError } = await setup()
    await answered(acknowledged)
    vi.spyOn(log, 'settle').mockRejectedValueOnce(new Error('full'))
    await publications.settled()
    expect(onError).toHaveBeenCalledTimes(1)
    expect(log.unacknowledged).toEqual([0])
    await answered(acknowledged)
    await publications.settled()
    expect(log.unacknowledged).toEqual([])
  })

  test('[IF7] loses what is discarded, of which nothing is known from then on', async () => {
    const { log, publications, publish, answered, onListed } = await setup()
    const lost = await answered(unacknowledged)
    await publications.follow(publish(), { outcome: new Promise(() => undefined) })
    publications.discard([lost, lost + 1])
    expect(onListed).toHaveBeenCalledTimes(1)
    expect(publications.outcomeOf(lost, 1)).toBeUndefined()
    expect(publications.outcomeOf(lost + 1, 1)).toEqual({ state: 'pending' })
    await publications.settled()
    expect(log.unacknowledged).toEqual([lost + 1])
    expect((await setup()).publications.unacknowledged).toEqual([lost + 1])
  })

  test('[IF8] loses what was cleared, also where it was still in flight then', async () => {
    const { log, publications, publish, answered, onListed } = await setup()
    await answered(unacknowledged)
    const { promise: outcome, resolve } = deferred<PublishOutcome>()
    await publications.follow(publish(), { outcome })
    await log.clear()
    publications.forgetGone()
    expect(onListed).toHaveBeenCalledTimes(1)
    resolve(unacknowledged)
    await new Promise((settled) => setTimeout(settled, 0))
    expect(publications.unacknowledged).toEqual([])
  })
})
