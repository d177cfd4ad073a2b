import { describe, expect, test } from 'vitest'
import { ANSWER_TIME, ASKING_AGAIN, ChannelPlace } from './channelPlace.ts'
import { LockPlace } from './lockPlace.ts'
import { INSISTING_PERIOD, LEAVING_TIME, PATIENCE, Succession } from './succession.ts'
import { ManualClock } from './testing/manualClock.ts'
import { ChannelHub, TestLocks } from './testing/neighbours.ts'

type Kind = 'Web Locks' | 'a channel alone'

/** An origin in which engines start. Time passes in small steps, so that messages arrive in between. */
class Origin {
  readonly clock = new ManualClock()
  readonly hub = new ChannelHub()
  readonly locks = new TestLocks()
  readonly #kind: Kind
  /** Names of the engines that think that they are in charge. */
  readonly inCharge: string[] = []
  /** The largest number of them that there ever was at one time. */
  most = 0

  constructor(kind: Kind) {
    this.#kind = kind
  }

  start(name: string, insist: boolean) {
    const channel = this.hub.open()
    const { clock } = this
    const counts = { asked: 0, lost: 0, occupied: 0 }
    const onLost = () => {
      counts.lost += 1
      this.#left(name)
    }
    const place =
      this.#kind === 'Web Locks'
        ? new LockPlace(this.locks.locks, onLost)
        : new ChannelPlace({ clock, channel, name })
    const succession = new Succession({
      ...{ clock, channel, place },
      onOccupied: () => (counts.occupied += 1),
      onAsked: () => {
        counts.asked += 1
        // Ending connections takes a moment.
        clock.after(100, leave)
      },
    })
    const leave = () => {
      this.#left(name)
      succession.leave()
    }
    void succession.enter({ insist }).then(() => {
      this.inCharge.push(name)
      this.most = Math.max(this.most, this.inCharge.length)
    })
    return { channel, counts, leave, insist: () => succession.insist() }
  }

  #left(name: string) {
    const at = this.inCharge.indexOf(name)
    if (at >= 0) this.inCharge.splice(at, 1)
  }

  async pass(time: number) {
    for (let passed = 0; passed < time; passed += 50) {
      this.clock.pass(50)
      for (let turn = 0; turn < 6; turn++) await new Promise(setImmediate)
    }
  }
}

describe.each<Kind>(['Web Locks', 'a channel alone'])('with %s', (kind) => {
  test('[SC1] an engine that is alone is in charge at once, or when nobody has answered', async () => {
    const origin = new Origin(kind)
    const engine = origin.start('a', false)
    await origin.pass(kind === 'Web Locks' ? 50 : ANSWER_TIME)
    expect(origin.inCharge).toEqual(['a'])
    await origin.pass(PATIENCE + 1000)
    expect(engine.counts.occupied).toBe(0)
  })

  test('[SC2] a second one waits, says so, and follows when the first is gone', async () => {
    const origin = new Origin(kind)
    const first = origin.start('a', false)
    await origin.pass(ANSWER_TIME)
    const second = origin.start('b', false)
    await origin.pass(5_000)
    expect(origin.inCharge).toEqual(['a'])
    expect([first.counts.asked, second.counts.occupied]).toEqual([0, 1])
    first.leave()
    await origin.pass(ASKING_AGAIN + ANSWER_TIME)
    expect(origin.inCharge).toEqual(['b'])
  })

  test('[SC3] one that insists gets the place in good order, never beside the other', async () => {
    const origin = new Origin(kind)
    const first = origin.start('a', true)
    await origin.pass(ANSWER_TIME)
    const second = origin.start('b', true)
    await origin.pass(3_000)
    expect(origin.inCharge).toEqual(['b'])
    expect(origin.most).toBe(1)
    expect([first.counts.asked, first.counts.lost]).toEqual([1, 0])
    expect(second.counts.occupied).toBe(0)
  })

  test('[SC3] a waiting one may begin to insist', async () => {
    const origin = new Origin(kind)
    origin.start('a', false)
    await origin.pass(ANSWER_TIME)
    const second = origin.start('b', false)
    await origin.pass(PATIENCE)
    expect(second.counts.occupied).toBe(1)
    second.insist()
    await origin.pass(2_000)
    expect(origin.inCharge).toEqual(['b'])
    expect(origin.most).toBe(1)
  })

  test('[SC4] an engine that hangs loses its place, and learns it when it wakes', async () => {
    const origin = new Origin(kind)
    const first = origin.start('a', true)
    await origin.pass(ANSWER_TIME)
    first.channel.isDeaf = true
    origin.start('b', true)
    await origin.pass(LEAVING_TIME + 1_000)
    expect(origin.inCharge).toContain('b')
    first.channel.isDeaf = false
    // On plain http it is the next thing that anybody says; with locks the browser has said it.
    if (kind === 'a channel alone') origin.start('c', true)
    await origin.pass(LEAVING_TIME)
    expect(origin.inCharge).toHaveLength(1)
    expect(origin.inCharge).not.toContain('a')
  })

  test('[SC5] of three that start together one is in charge in the end', async () => {
    const origin = new Origin(kind)
    for (const name of ['b', 'a', 'c']) origin.start(name, false)
    await origin.pass(10_000)
    expect(origin.inCharge).toHaveLength(1)
    expect(origin.most).toBe(1)
  })
})

test('[SC6] a worker that dies gives its lock back', async () => {
  const origin = new Origin('Web Locks')
  origin.start('a', false)
  origin.start('b', false)
  await origin.pass(100)
  expect(origin.inCharge).toEqual(['a'])
  origin.locks.kill()
  await origin.pass(100)
  expect(origin.inCharge).toEqual(['a', 'b'])
})

test('[SC7] what another build may say besides is ignored', async () => {
  const origin = new Origin('a channel alone')
  const engine = origin.start('a', false)
  await origin.pass(ANSWER_TIME)
  const stranger = origin.hub.open()
  for (const message of [null, 7, 'leave', {}, { type: 'dance' }, { type: 'ask' }]) {
    stranger.postMessage(message as never)
  }
  await origin.pass(1_000)
  expect(engine.counts.asked).toBe(0)
})

test('[SC3] insisting goes on until it is heard', async () => {
  const origin = new Origin('Web Locks')
  const first = origin.start('a', true)
  await origin.pass(50)
  first.channel.isDeaf = true
  origin.start('b', true)
  await origin.pass(2 * INSISTING_PERIOD)
  first.channel.isDeaf = false
  await origin.pass(2 * INSISTING_PERIOD)
  expect(origin.inCharge).toEqual(['b'])
  expect(first.counts.lost).toBe(0)
})
