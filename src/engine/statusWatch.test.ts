import { beforeEach, expect, test } from 'vitest'
import type { Grant } from '@/core/subscription.ts'
import type { ConnectionId } from '@/core/id.ts'
import { encodeUtf8 } from '@/core/text.ts'
import { BrokerStatus } from './brokerStatus.ts'
import { Page } from './pages.ts'
import type { EngineEvent } from './protocol.ts'
import { StatusWatch } from './statusWatch.ts'
import { ManualClock } from './testing/manualClock.ts'

const ID = 'connection' as ConnectionId

let clock: ManualClock
let watch: StatusWatch
let status: BrokerStatus
let wanted: boolean[]

beforeEach(() => {
  clock = new ManualClock()
  wanted = []
  const statusGrant: Grant = { state: 'granted', qos: 0 }
  status = new BrokerStatus({
    subscriptions: {
      ...{ statusGrant, isStatusAsked: false, isStatusOpen: true },
      setStatusWanted: (isWanted) => void wanted.push(isWanted),
      isForStatusAlone: () => true,
    },
    isWatched: () => watch.isWatched(ID),
    onChanged: () => watch.changed(ID),
  })
  watch = new StatusWatch(clock, (connection) => (connection === ID ? status : undefined))
})

function publish(text: string, qos: 0 | 1 = 0, topic = '$SYS/a') {
  const empty = { dup: false, packetId: 0, properties: new Uint8Array(), retain: false }
  return status.takes({ topic, payload: encodeUtf8(text), qos, time: clock.now(), ...empty })
}

/** A page and what it was sent: each update as its texts, with `whole` before those of all there is. */
function openPage() {
  const updates: string[][] = []
  const page = new Page({
    postMessage: (event: EngineEvent) => {
      if (event.type !== 'brokerStatus') throw new Error(`It was sent ${event.type}`)
      const news = event.values.map(({ text }) => text)
      updates.push(event.isWhole ? ['whole', ...news] : news)
    },
  })
  return { page, updates }
}

test('[BS7] a page gets all there is at once, and then what is new, twice a second at most', () => {
  const [first, second] = [openPage(), openPage()]
  watch.watch(first.page, ID)
  expect(first.updates).toEqual([['whole']])
  clock.pass(1_000)
  first.updates.length = 0
  for (let n = 0; n < 30; n += 1) {
    publish(String(n))
    clock.pass(100)
  }
  clock.pass(500)
  expect(first.updates.length).toBeLessThanOrEqual(7)
  expect(first.updates.at(-1)).toEqual(['29'])
  watch.watch(second.page, ID)
  expect(second.updates).toEqual([['whole', '29']])
  clock.pass(60_000)
  const { length } = first.updates
  clock.pass(60_000)
  expect(first.updates).toHaveLength(length)
})

test('[BS7] a page that takes nothing holds nothing up, and gets what it has missed', () => {
  const [frozen, awake] = [openPage(), openPage()]
  for (const { page } of [frozen, awake]) watch.watch(page, ID)
  clock.pass(1_000)
  while (frozen.page.hasCredit) frozen.page.useCredit()
  frozen.updates.length = awake.updates.length = 0
  publish('one')
  clock.pass(1_000)
  expect([frozen.updates, awake.updates]).toEqual([[], [['one']]])
  frozen.page.renewCredit()
  watch.refresh()
  clock.pass(1_000)
  expect(frozen.updates).toEqual([['one']])
})

test('[BS2] a connection that begins voids what was known of the one before', () => {
  const { page, updates } = openPage()
  watch.watch(page, ID)
  publish('old')
  clock.pass(1_000)
  status.linked()
  publish('new')
  clock.pass(1_000)
  expect(updates).toEqual([['whole'], ['old'], ['whole', 'new']])
})

test('[BS1] the subscription is wanted until the last page has stopped or is gone', () => {
  const [first, second] = [openPage().page, openPage().page]
  watch.watch(first, ID)
  watch.watch(second, ID)
  watch.unwatch(first, ID)
  watch.unwatch(first, ID)
  expect(wanted).toEqual([true, true])
  watch.forget(second)
  watch.forget(second)
  expect(wanted).toEqual([true, true, false])
})

test('[BS3] what has to be acknowledged goes the way of all messages, and other topics do', () => {
  const { page, updates } = openPage()
  watch.watch(page, ID)
  expect(publish('x')).toBe(true)
  expect(publish('y', 1)).toBe(false)
  expect(publish('z', 0, '$other/a')).toBe(false)
  clock.pass(1_000)
  expect(updates.at(-1)).toEqual(['y'])
})

test('[BS1] what comes when nobody looks is not kept', () => {
  const { page, updates } = openPage()
  watch.watch(page, ID)
  watch.unwatch(page, ID)
  expect(publish('x')).toBe(true)
  watch.watch(page, ID)
  expect(updates).toEqual([['whole'], ['whole']])
  watch.stop()
})
