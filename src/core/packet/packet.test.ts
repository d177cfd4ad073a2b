import fc from 'fast-check'
import mqttPacket from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import type { QoS } from '../message.ts'
import { decodePubrel, encodeAcknowledgements } from './acknowledgement.ts'
import { Framer, MalformedPacket, type Packet } from './framer.ts'
import { encodeUtf8 } from '../text.ts'
import { decodePublishProperties, readTopicAlias } from './properties.ts'
import { decodePublish } from './publish.ts'
import { TopicAliases } from './topicAliases.ts'
import { TopicTexts } from './topicTexts.ts'

/** Packets that come out of a framer fed with `chunks`, copied. */
function frame(chunks: Uint8Array[], maximum?: number): Packet[] {
  const packets: Packet[] = []
  const framer = new Framer(maximum)
  for (const chunk of chunks) {
    framer.push(chunk, (packet) => packets.push({ ...packet, bytes: packet.bytes.slice() }))
  }
  return packets
}

/** `bytes` cut at the given places, in any order, some perhaps outside. */
function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort(
    (a, b) => a - b,
  )
  const ends = [...sorted, bytes.length]
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end))
}

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((s) => !/[+#\0]/.test(s))
const publish = fc.record({
  topic: text,
  payload: fc.uint8Array({ maxLength: 300 }),
  qos: fc.constantFrom<QoS>(0, 1, 2),
  retain: fc.boolean(),
  packetId: fc.integer({ min: 1, max: 65_535 }),
  contentType: text,
  correlation: fc.uint8Array({ maxLength: 10 }),
  expiry: fc.integer({ min: 0, max: 0xffffffff }),
  identifiers: fc.array(fc.integer({ min: 1, max: 268_435_455 }), { minLength: 1, maxLength: 3 }),
})

/** What `read` returns, or that it found something malformed. */
function outcomeOf(read: () => number): number | 'malformed' {
  try {
    return read()
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedPacket)
    return 'malformed'
  }
}

describe('the wire codec, with mqtt-packet as the reference', () => {
  test('[PK1] gives back each PUBLISH byte for byte, however the stream is split', () => {
    const streams = fc.array(publish, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(streams, fc.array(fc.nat(2_000)), fc.boolean(), (messages, places, is5) => {
        const version = is5 ? 5 : 4
        const whole = Buffer.concat(
          messages.map((message) =>
            mqttPacket.generate(
              {
                cmd: 'publish',
                dup: false,
                topic: message.topic,
                payload: Buffer.from(message.payload),
                qos: message.qos,
                retain: message.retain,
                messageId: message.packetId,
                ...(is5 && {
                  properties: {
                    contentType: message.contentType,
                    correlationData: Buffer.from(message.correlation),
                    messageExpiryInterval: message.expiry,
                    subscriptionIdentifier: message.identifiers as unknown as number,
                  },
                }),
              },
              { protocolVersion: version },
            ),
          ),
        )
        const packets = frame(cut(Uint8Array.from(whole), places))
        expect(packets).toHaveLength(messages.length)
        packets.forEach((packet, index) => {
          const message = messages[index]
          const decoded = decodePublish(packet, is5, new TopicTexts())
          expect(decoded).toMatchObject({
            topic: message?.topic,
            qos: message?.qos,
            retain: message?.retain,
            packetId: message?.qos === 0 ? 0 : message?.packetId,
          })
          expect(decoded.payload).toEqual(message?.payload)
          if (!is5) return
          expect(decodePublishProperties(decoded.properties)).toEqual({
            contentType: message?.contentType,
            correlationData: message?.correlation,
            messageExpiryInterval: message?.expiry,
            subscriptionIdentifiers: message?.identifiers,
          })
        })
      }),
      { numRuns: 500 },
    )
  })

  test('[PK2] passes every other packet on unchanged', () => {
    const suback = mqttPacket.generate({ cmd: 'suback', messageId: 7, granted: [0, 128] })
    const pingresp = mqttPacket.generate({ cmd: 'pingresp' })
    const whole = Uint8Array.from(Buffer.concat([suback, pingresp, suback]))
    for (let size = 1; size <= whole.length; size += 1) {
      const places = Array.from({ length: whole.length }, (_, index) => index * size)
      const packets = frame(cut(whole, places))
      expect(packets.map(({ type }) => type)).toEqual([9, 13, 9])
      expect(Buffer.concat(packets.map(({ bytes }) => bytes))).toEqual(Buffer.from(whole))
    }
  })

  test('[PK3] bytes that are not MQTT end in MalformedPacket and in nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, is5) => {
        try {
          for (const packet of frame([bytes], 1_000_000)) {
            if (packet.type === 3)
              decodePublishProperties(decodePublish(packet, is5, new TopicTexts()).properties)
            if (packet.type === 6) decodePubrel(packet)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacket)
        }
      }),
      { numRuns: 5_000 },
    )
  })

  test('[PK3] a packet larger than allowed is refused before it is collected', () => {
    expect(() => frame([Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f)], 1_000)).toThrow(
      MalformedPacket,
    )
    expect(() => frame([Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 1)])).toThrow(MalformedPacket)
  })

  test('[PK4] joined acknowledgements are read back one by one', () => {
    const bytes = encodeAcknowledgements([
      { kind: 'puback', packetId: 1 },
      { kind: 'pubrec', packetId: 0x1234 },
      { kind: 'pubcomp', packetId: 65_535 },
    ])
    expect([...bytes]).toEqual([0x40, 2, 0, 1, 0x50, 2, 0x12, 0x34, 0x70, 2, 255, 255])
  })

  test('[PK6] a topic that comes again is the same text, and never that of another topic', () => {
    // So many topics that some share a hash, and that all are forgotten now and then.
    const topics = Array.from({ length: 10_000 }, (_, n) => `plant/${(n * 7919) % 6_007}/ü`)
    const texts = new TopicTexts()
    for (const topic of topics) {
      const bytes = encodeUtf8(`..${topic}..`)
      expect(texts.textOf(bytes, 2, bytes.length - 2)).toBe(topic)
    }
    expect(() => texts.textOf(encodeUtf8('a/#'), 0, 3)).toThrow(MalformedPacket)
    expect(() => texts.textOf(Uint8Array.of(0xc0, 0x80), 0, 2)).toThrow(MalformedPacket)
  })

  test('[PK6] passing over properties finds the alias and all that is wrong, as reading them does', () => {
    const anyByte = fc.integer({ min: 0, max: 255 })
    const likely = fc.constantFrom(1, 2, 3, 8, 9, 0x0b, 0x23, 0x26, 0, 0, 1, 65)
    const raw = fc.array(fc.oneof(likely, anyByte), { maxLength: 24 })
    fc.assert(
      fc.property(raw, (bytes) => {
        const properties = Uint8Array.from(bytes)
        const read = outcomeOf(() => {
          const { topicAlias } = decodePublishProperties(properties)
          if (topicAlias === 0) throw new MalformedPacket('Topic Alias 0')
          return topicAlias ?? 0
        })
        expect(outcomeOf(() => readTopicAlias(properties))).toBe(read)
      }),
      { numRuns: 5_000 },
    )
  })

  test('[PK5] a topic alias stands for the topic that set it', () => {
    const aliases = new TopicAliases(2)
    expect(aliases.resolve('a/b', 1)).toBe('a/b')
    expect(aliases.resolve('', 1)).toBe('a/b')
    expect(aliases.resolve('plain', 0)).toBe('plain')
    expect(() => aliases.resolve('', 2)).toThrow(MalformedPacket)
    expect(() => aliases.resolve('c', 3)).toThrow(MalformedPacket)
    expect(() => aliases.resolve('', 0)).toThrow(MalformedPacket)
  })
})
