import mqttPacket, { type IPublishPacket, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { SequenceCheck } from '../sequenceCheck.ts'
import { SLOTS } from '../payload.ts'
import type { Shape } from './orders.ts'
import { Ring } from './ring.ts'

const TIME = 1_700_000_000_123

/** What a client takes out of the bytes. */
function parse(bytes: Buffer, version: 4 | 5): IPublishPacket[] {
  const packets: Packet[] = []
  const parser = mqttPacket.parser({ protocolVersion: version })
  parser.on('packet', (packet) => packets.push(packet))
  parser.on('error', (error) => {
    throw error
  })
  parser.parse(bytes)
  return packets as IPublishPacket[]
}

/** The contents of unmasked frames. */
function unframe(bytes: Buffer): Buffer[] {
  const contents: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const short = bytes[at + 1] ?? 0
    const [start, length] =
      short < 126
        ? [at + 2, short]
        : short === 126
          ? [at + 4, bytes.readUInt16BE(at + 2)]
          : [at + 10, Number(bytes.readBigUInt64BE(at + 2))]
    contents.push(bytes.subarray(start, start + length))
    at = start + length
  }
  return contents
}

describe('Ring', () => {
  const shapes: Shape[] = [
    { version: 4, qos: 0, payloadBytes: 100, perFrame: 1 },
    { version: 4, qos: 1, payloadBytes: 100, perFrame: 64 },
    { version: 5, qos: 0, payloadBytes: 1024, perFrame: 64 },
    { version: 5, qos: 1, payloadBytes: 100, perFrame: 1 },
  ]

  it.each(shapes)('writes frames of packets as the shape says: %j', (shape) => {
    const ring = new Ring(shape, true)
    const first = 3 * SLOTS + 128
    const frames = unframe(ring.piece(first, 128, TIME, shape.version === 5))
    expect(frames).toHaveLength(128 / shape.perFrame)
    const packets = frames.flatMap((frame) => parse(frame, shape.version))
    expect(packets).toHaveLength(128)
    const check = new SequenceCheck()
    for (const { payload, qos } of packets) {
      expect(payload).toHaveLength(shape.payloadBytes)
      expect(qos).toBe(shape.qos)
      check.take(payload as Buffer, TIME + 5)
    }
    // All that came before counts as let go.
    expect(check.verdict(first + 128, first)).toEqual({
      ...{ read: 128, lost: 0, reordered: 0, repeated: 0, changed: 0, meanAge: 5, maximumAge: 5 },
    })
    if (shape.qos === 1)
      expect(packets[1]?.messageId).toBe(packets[0] && (packets[0].messageId ?? 0) + 1)
  })

  it('leaves the frames out for TCP', () => {
    const shape = { version: 4, qos: 1, payloadBytes: 100, perFrame: 1 } as const
    const ring = new Ring(shape, false)
    const packets = parse(ring.piece(0xfffe, 2, TIME, false), 4)
    expect(packets.map(({ messageId }) => messageId)).toEqual([0xffff, 1])
  })

  it('has no piece that reaches over its end', () => {
    const ring = new Ring({ version: 4, qos: 0, payloadBytes: 100, perFrame: 1 }, true)
    expect(ring.roomAt(SLOTS + 10)).toBe(SLOTS - 10)
    expect(() => ring.piece(SLOTS - 1, 2, TIME, false)).toThrow(RangeError)
  })
})
