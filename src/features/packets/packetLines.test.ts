import { describe, expect, test } from 'vitest'
import type { TraceUpdate } from '@/core/packet/packetRecord.ts'
import { indexOfLine, PacketLines } from './packetLines.ts'
import { ended, lineOf, linesOf, opening, publish, traced, tracedBytes } from './testing/traced.ts'

const NOTHING: TraceUpdate = {
  records: [],
  start: { messages: 0, rest: 0 },
  skipped: 0,
  letGo: 0,
}

function seqs(lines: PacketLines): number[] {
  return lines.all.map(({ record }) => record.seq)
}

describe('the lines of a trace', () => {
  test('[PI7] are those that there were and those that are new', () => {
    const lines = new PacketLines()
    lines.update({ ...NOTHING, records: [opening(0), traced(1, 'out', publish('a'))] }, true)
    const before = lines.all
    lines.update({ ...NOTHING, records: [traced(2, 'in', publish('b'))] }, false)
    expect(seqs(lines)).toEqual([0, 1, 2])
    // The screen sees that they changed, and what was read stays read.
    expect(lines.all).not.toBe(before)
    expect(lines.all[1]).toBe(before[1])
    lines.update({ ...NOTHING, records: [opening(7)] }, true)
    expect(seqs(lines)).toEqual([7])
  })

  test('[PI5] go with their records, messages and everything else each on their own', () => {
    const lines = new PacketLines()
    const records = [
      opening(0),
      traced(1, 'out', { cmd: 'pingreq' }),
      traced(2, 'in', publish('a')),
      traced(3, 'in', { cmd: 'pingresp' }),
      traced(4, 'in', publish('b')),
      ended(5),
    ]
    lines.update({ ...NOTHING, records }, true)
    lines.update({ ...NOTHING, start: { messages: 4, rest: 0 } }, false)
    expect(seqs(lines)).toEqual([0, 1, 3, 4, 5])
    lines.update({ ...NOTHING, start: { messages: 4, rest: 3 } }, false)
    expect(seqs(lines)).toEqual([3, 4, 5])
  })

  test('[PI4] have the round trip of an answer, and none of a question', () => {
    const lines = linesOf(
      traced(0, 'out', publish('a', 7)),
      traced(1, 'in', publish('other')),
      traced(3, 'in', { cmd: 'puback', messageId: 7, reasonCode: 0 }),
      traced(4, 'in', { cmd: 'puback', messageId: 8, reasonCode: 0 }),
    )
    expect(lines.map((line) => line.kind === 'packet' && line.roundTrip)).toEqual([
      undefined,
      undefined,
      3,
      undefined,
    ])
  })

  test('[PI4] know what they belong to although it came in another update', () => {
    const lines = new PacketLines()
    const subscribe = { cmd: 'subscribe', messageId: 2, subscriptions: [{ topic: '#', qos: 0 }] }
    lines.update({ ...NOTHING, records: [traced(0, 'out', subscribe as never)] }, true)
    const suback = { cmd: 'suback', messageId: 2, granted: [0] } as const
    lines.update({ ...NOTHING, records: [traced(5, 'in', { ...suback, granted: [0] })] }, false)
    const [first, second] = lines.all
    if (first?.kind !== 'packet' || second?.kind !== 'packet') throw new Error('They are missing')
    expect(first.exchange).toBe(second.exchange)
    expect(second.roundTrip).toBe(5)
  })

  test('[PI4] of an earlier attempt are not answered by a later one', () => {
    const lines = linesOf(
      opening(0),
      traced(1, 'out', publish('a', 7)),
      ended(2),
      opening(3),
      traced(4, 'in', { cmd: 'puback', messageId: 7, reasonCode: 0 }),
    )
    expect(lines.at(-1)).toMatchObject({ roundTrip: undefined, exchange: undefined })
  })

  test('[PI1] say the type, the identifier, the flags, the subject and the codes', () => {
    const retained = { ...publish('plant/1', 7, 'x'), retain: true, dup: true }
    expect(lineOf(traced(0, 'in', retained as never)).summary).toMatchObject({
      name: 'PUBLISH',
      packetId: 7,
      flags: ['DUP', 'QoS 1', 'Retain'],
      subject: 'plant/1',
      codes: [],
      isFaulty: false,
    })
    const suback = { cmd: 'suback', messageId: 3, granted: [1, 0x87] } as const
    expect(lineOf(traced(0, 'in', { ...suback, granted: [1, 0x87] })).summary).toMatchObject({
      name: 'SUBACK',
      packetId: 3,
      codes: [1, 0x87],
    })
    const subscriptions = ['a', 'b/#'].map((topic) => ({ topic, qos: 0, nl: true, rap: true }))
    const subscribe = { cmd: 'subscribe', messageId: 4, subscriptions }
    expect(lineOf(traced(0, 'out', subscribe as never)).summary).toMatchObject({
      flags: [],
      subject: 'a, b/#',
    })
    const aliased = { ...publish(''), properties: { topicAlias: 5 } }
    expect(lineOf(traced(0, 'in', aliased as never)).summary.subject).toBe('Topic Alias 5')
  })

  test('[PI2] say that a packet is malformed, and what could be read of it', () => {
    const { summary } = lineOf(tracedBytes(0, 'in', [0x32, 7, 0, 1, 0x61, 0, 9, 1, 99]))
    expect(summary).toMatchObject({ isFaulty: true, packetId: 9, subject: 'a' })
  })

  test('[PI7] are found by their numbers', () => {
    const lines = linesOf(opening(3), opening(5), opening(9))
    expect([0, 3, 4, 5, 9, 10].map((seq) => indexOfLine(lines, seq))).toEqual([0, 0, 1, 1, 2, 3])
  })
})
