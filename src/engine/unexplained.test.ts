import { expect, test, vi } from 'vitest'
import { ManualClock } from './testing/manualClock.ts'
import { Unexplained } from './unexplained.ts'
import type { ReceivedPublish } from './wire/wire.ts'

function message(topic: string, time = 1): ReceivedPublish {
  const nothing = new Uint8Array(0)
  const flags = { qos: 0, retain: false, dup: false, packetId: 0 } as const
  return { topic, time, ...flags, properties: nothing, payload: nothing }
}

test('[UX1] messages that nothing explains are counted by topic', () => {
  const unexplained = new Unexplained({
    clock: new ManualClock(),
    isExplained: (topic) => topic.startsWith('known/'),
    onChanged: () => undefined,
  })
  for (const topic of ['known/a', 'odd', 'known/b', 'odd', 'other']) {
    unexplained.received(message(topic, 7))
  }
  expect(unexplained.topics).toEqual([
    { topic: 'odd', count: 2, lastAt: 7 },
    { topic: 'other', count: 1, lastAt: 7 },
  ])
})

test('[UX1] a topic that is explained from now on is mentioned no more, nor after a new connection', () => {
  const explained = new Set<string>()
  const onChanged = vi.fn()
  const isExplained = (topic: string) => explained.has(topic)
  const unexplained = new Unexplained({ clock: new ManualClock(), isExplained, onChanged })
  unexplained.received(message('a'))
  unexplained.received(message('b'))
  explained.add('a')
  unexplained.review()
  expect(unexplained.topics.map(({ topic }) => topic)).toEqual(['b'])
  onChanged.mockClear()
  unexplained.review()
  expect(onChanged).not.toHaveBeenCalled()
  unexplained.restart()
  expect(unexplained.topics).toEqual([])
  expect(onChanged).toHaveBeenCalledOnce()
})

test('[UX1] a broker that sends everything fills no memory, and is told of now and then', () => {
  const clock = new ManualClock()
  const onChanged = vi.fn()
  const unexplained = new Unexplained({ clock, isExplained: () => false, onChanged })
  for (let index = 0; index < 10_000; index += 1) unexplained.received(message(`t/${index}`))
  expect(onChanged).not.toHaveBeenCalled()
  clock.pass(250)
  expect(onChanged).toHaveBeenCalledOnce()
  expect(unexplained.topics).toHaveLength(50)
})
