import { expect, test } from 'vitest'
import { KEPT_OF_VALUE, KEPT_TOPICS } from '@/core/brokerStatus/sysValue.ts'
import { encodeUtf8 } from '@/core/text.ts'
import { ALL, SysValues } from './sysValues.ts'
import type { ReceivedPublish } from './wire/wire.ts'

function publish(topic: string, text: string, retain = false): ReceivedPublish {
  const empty = { dup: false, packetId: 0, properties: new Uint8Array() }
  return { topic, payload: encodeUtf8(text), retain, qos: 0, time: 1_000, ...empty }
}

test('[BS6] the latest value of each topic is kept, and given once', () => {
  const values = new SysValues()
  values.take(publish('a', '1', true))
  values.take(publish('b', '2'))
  values.take(publish('a', '3'))
  expect(values.read(ALL)).toEqual({
    values: [
      { topic: 'b', text: '2', isCut: false, retained: false, time: 1_000, seq: 1 },
      { topic: 'a', text: '3', isCut: false, retained: false, time: 1_000, seq: 2 },
    ],
    start: 1,
    letGo: 0,
  })
  const { latest } = values
  expect(values.read(latest).values).toEqual([])
  values.take(publish('b', '4'))
  expect(values.read(latest).values.map(({ text }) => text)).toEqual(['4'])
})

test('[BS6] beyond 2,000 topics those give way that came longest ago, and are counted', () => {
  const values = new SysValues()
  for (let n = 0; n < KEPT_TOPICS; n += 1) values.take(publish(String(n), 'x'))
  values.take(publish('0', 'again'))
  for (const topic of ['one', 'more']) values.take(publish(topic, 'x'))
  const { values: all, start, letGo } = values.read(ALL)
  expect(all).toHaveLength(KEPT_TOPICS)
  const topics = all.map(({ topic }) => topic)
  expect([topics[0], ...topics.slice(-3)]).toEqual(['3', '0', 'one', 'more'])
  expect(start).toBe(3)
  expect(letGo).toBe(2)
  values.clear()
  expect(values.read(ALL)).toMatchObject({ values: [], letGo: 0 })
})

test('[BS6] of a long value the beginning is kept, whatever its bytes are', () => {
  const values = new SysValues()
  values.take(publish('long', 'x'.repeat(KEPT_OF_VALUE + 1)))
  values.take(publish('just', 'x'.repeat(KEPT_OF_VALUE)))
  values.take({ ...publish('odd', ''), payload: Uint8Array.of(0x41, 0xff) })
  const all = values.read(ALL).values.map(({ text, isCut }) => [text.length, isCut])
  expect(all).toEqual([
    [KEPT_OF_VALUE, true],
    [KEPT_OF_VALUE, false],
    [2, false],
  ])
})
