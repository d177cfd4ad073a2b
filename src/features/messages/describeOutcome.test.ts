import { expect, test } from 'vitest'
import { describeAnswer, describeOutcome } from './describeOutcome.ts'

test('[FW11] a refused message says why in a line, and in full where there is room', () => {
  const outcome = { state: 'refused', reasonCode: 0x97, reasonString: 'ten a day' } as const
  expect(describeOutcome({ qos: 1, outcome })).toBe('refused: Quota exceeded')
  expect(describeAnswer({ qos: 1, outcome })).toMatch(
    /^Quota exceeded\. A limit .*Code 151 \(0x97\), MQTT 5\.0 §3\.4\.2\.1\. .*“ten a day”\.$/,
  )
  expect(describeAnswer({ qos: 2, outcome })).toContain('§3.5.2.1')
  const gone = { state: 'refused', reasonCode: 0x92 } as const
  expect(describeAnswer({ qos: 2, outcome: gone })).toContain('§3.7.2.1')
})

test('[FW11] a message that nobody has subscribed to says so, and plain success says no more', () => {
  const outcome = { state: 'acknowledged', reasonCode: 0x10 } as const
  expect(describeOutcome({ qos: 1, outcome })).toBe('acknowledged, nobody subscribed')
  expect(describeAnswer({ qos: 1, outcome })).toMatch(/^No matching subscribers\. .*16 \(0x10\)/)
  expect(describeAnswer({ qos: 1, outcome: { ...outcome, reasonCode: 0 } })).toBeUndefined()
  expect(describeAnswer({ qos: 0, outcome: { state: 'sent' } })).toBeUndefined()
  expect(describeAnswer({ qos: 1 })).toBeUndefined()
})

test('[IF1] a message under way says how far it is, and a complete one that it is complete', () => {
  expect(describeOutcome({ qos: 1, outcome: { state: 'pending' } })).toBe(
    'sent, not acknowledged yet',
  )
  expect(describeOutcome({ qos: 2, outcome: { state: 'received' } })).toBe(
    'received by the broker (PUBREC), not complete',
  )
  const acknowledged = { state: 'acknowledged', reasonCode: 0 } as const
  expect(describeOutcome({ qos: 1, outcome: acknowledged })).toBe('acknowledged')
  expect(describeOutcome({ qos: 2, outcome: acknowledged })).toBe('complete')
})
