import { beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { PacketTap } from './packetTap.ts'
import { PacketWatch } from './packetWatch.ts'
import { Page } from './pages.ts'
import type { EngineEvent } from './protocol.ts'
import { ManualClock } from './testing/manualClock.ts'
import { testProfile } from './testing/samples.ts'
import { PING } from './testing/tracedBytes.ts'

const ID = 'connection' as ConnectionId

let clock: ManualClock
let tap: PacketTap
let watch: PacketWatch

beforeEach(() => {
  clock = new ManualClock()
  const times = { now: () => clock.now(), precise: () => clock.now() }
  tap = new PacketTap(times, () => watch.changed(ID))
  watch = new PacketWatch(clock, (connection) => (connection === ID ? tap : undefined))
})

/** A page and what it was sent, each update as its numbers, with `whole` before those of all there is. */
function openPage() {
  const updates: (number | 'whole')[][] = []
  const page = new Page({
    postMessage: (event: EngineEvent) => {
      if (event.type !== 'packets') throw new Error(`It was sent ${event.type}`)
      const seqs = event.records.map(({ seq }) => seq)
      updates.push(event.isWhole ? ['whole', ...seqs] : seqs)
    },
  })
  return { page, updates }
}

describe('a page that looks at the packets', () => {
  test('[PI7] gets all that is kept once, and then what is new', () => {
    tap.opening(testProfile(1883))
    tap.sent(PING)
    const { page, updates } = openPage()
    watch.watch(page, ID)
    clock.pass(1_000)
    expect(updates).toEqual([['whole', 0, 1]])
    tap.sent(PING)
    tap.sent(PING)
    clock.pass(1_000)
    expect(updates).toEqual([
      ['whole', 0, 1],
      [2, 3],
    ])
    clock.pass(60_000)
    expect(updates).toHaveLength(2)
  })

  test('[PI7] gets it at most ten times a second', () => {
    const { page, updates } = openPage()
    watch.watch(page, ID)
    for (let sent = 0; sent < 100; sent += 1) {
      tap.sent(PING)
      clock.pass(10)
    }
    clock.pass(200)
    expect(updates.length).toBeLessThanOrEqual(12)
    expect(updates.flat().filter((each) => each !== 'whole')).toEqual([...Array(100).keys()])
  })

  test('[PI7] gets its own, whatever another page has got', () => {
    const [first, second] = [openPage(), openPage()]
    tap.sent(PING)
    watch.watch(first.page, ID)
    clock.pass(1_000)
    tap.sent(PING)
    watch.watch(second.page, ID)
    clock.pass(1_000)
    tap.sent(PING)
    clock.pass(1_000)
    expect(first.updates).toEqual([['whole', 0], [1], [2]])
    expect(second.updates).toEqual([['whole', 0, 1], [2]])
  })

  test('[PI7] gets nothing while it takes nothing, and then what it has missed', () => {
    const { page, updates } = openPage()
    watch.watch(page, ID)
    tap.sent(PING)
    clock.pass(1_000)
    while (page.hasCredit) page.useCredit()
    tap.sent(PING)
    clock.pass(1_000)
    tap.sent(PING)
    clock.pass(1_000)
    expect(updates).toEqual([['whole', 0]])
    page.renewCredit()
    watch.refresh()
    clock.pass(1_000)
    expect(updates).toEqual([
      ['whole', 0],
      [1, 2],
    ])
  })

  test('[PI7] does not hold up another page when it takes nothing', () => {
    const [frozen, awake] = [openPage(), openPage()]
    watch.watch(frozen.page, ID)
    watch.watch(awake.page, ID)
    while (frozen.page.hasCredit) frozen.page.useCredit()
    for (let sent = 0; sent < 3; sent += 1) {
      tap.sent(PING)
      clock.pass(1_000)
    }
    expect(awake.updates).toEqual([['whole', 0], [1], [2]])
    expect(frozen.updates).toEqual([])
  })

  test('[PI7] starts anew when it asks again', () => {
    const { page, updates } = openPage()
    tap.sent(PING)
    watch.watch(page, ID)
    clock.pass(1_000)
    watch.watch(page, ID)
    clock.pass(1_000)
    expect(updates).toEqual([
      ['whole', 0],
      ['whole', 0],
    ])
  })

  test('[PI7] gets nothing more when it has looked away or is gone', () => {
    const [away, gone] = [openPage(), openPage()]
    for (const { page } of [away, gone]) watch.watch(page, ID)
    clock.pass(1_000)
    watch.unwatch(away.page, ID)
    watch.forget(gone.page)
    tap.sent(PING)
    clock.pass(1_000)
    expect([away.updates, gone.updates]).toEqual([[['whole']], [['whole']]])
    expect(clock.waiting).toBe(0)
  })

  test('[PI7] gets the packets of a connection that is there only later', () => {
    const later = 'later' as ConnectionId
    const known: PacketTap[] = []
    watch = new PacketWatch(clock, () => known[0])
    const { page, updates } = openPage()
    watch.watch(page, later)
    clock.pass(1_000)
    expect(updates).toEqual([])
    known.push(tap)
    tap.sent(PING)
    watch.changed(later)
    clock.pass(1_000)
    expect(updates).toEqual([['whole', 0]])
    watch.stop()
  })
})
