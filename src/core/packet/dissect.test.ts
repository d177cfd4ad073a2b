import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { parser, type Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { dissect, type Dissection } from './dissect.ts'
import { anyPacket } from './testing/anyPacket.ts'
import { asMqttPacket, hexOf } from './testing/asMqttPacket.ts'
import { write, type WrittenPacket } from './testing/writtenPacket.ts'

/** What mqtt-packet's parser says of a packet, with bytes in hex and without what it left empty. */
function parsed({ bytes, level }: WrittenPacket): unknown {
  const packets: Packet[] = []
  const reader = parser({ protocolVersion: level })
  reader.on('packet', (packet) => packets.push(packet))
  reader.on('error', (error) => {
    throw error instanceof Error ? error : new Error('It is malformed')
  })
  reader.parse(Buffer.from(bytes))
  expect(packets).toHaveLength(1)
  return plain(packets[0])
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return hexOf(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, each]) => each !== null && each !== undefined)
  return Object.fromEntries(members.map(([name, each]) => [name, plain(each)]))
}

function whole({ bytes, version }: WrittenPacket): Dissection {
  return dissect(bytes, bytes.length, version)
}

/** Whether the fields lie behind each other without a gap; flags of one byte share their place. */
function coversGapless({ fields, end }: Dissection): boolean {
  let last = { start: 0, end: 0 }
  for (const field of fields) {
    const isShared = field.start === last.start && field.end === last.end
    if (!isShared && (field.start !== last.end || field.end <= field.start)) return false
    last = field
  }
  return last.end <= end
}

describe('a packet taken apart', { timeout: 60_000 }, () => {
  test('[PI1] says the same as mqtt-packet reads in the same bytes', () => {
    fc.assert(
      fc.property(anyPacket, (packet) => {
        const dissection = whole(packet)
        expect(dissection).toMatchObject({ isCut: false, end: packet.bytes.length })
        expect(dissection.fault).toBeUndefined()
        const omitted = packet.level === 5 ? REASON_OMITTED : {}
        const shape = asMqttPacket(dissection, packet.bytes)
        const hasNone = ['puback', 'pubrec', 'pubrel', 'pubcomp'].includes(shape['cmd'] as string)
        expect({ ...(hasNone ? omitted : {}), ...shape }).toEqual(parsed(packet))
      }),
      { numRuns: 1_000 },
    )
  })

  test('[PI1] has fields that lie in the packet, in order, and leave no gap', () => {
    fc.assert(
      fc.property(anyPacket, (packet) => {
        const dissection = whole(packet)
        expect(coversGapless(dissection)).toBe(true)
        expect(dissection.fields.at(-1)?.end).toBe(packet.bytes.length)
      }),
      { numRuns: 1_000 },
    )
  })

  test('[PI1] knows where each field lies', () => {
    const { fields } = whole(
      write(
        {
          cmd: 'publish',
          topic: 'a/b',
          payload: 'hi',
          qos: 2,
          messageId: 0x1234,
          retain: true,
          dup: false,
          properties: { topicAlias: 7, userProperties: { k: ['1', '2'] } },
        },
        5,
      ),
    )
    expect(fields.map(({ section, name, start, end }) => [section, name, start, end])).toEqual([
      ['fixed header', 'Control Packet type', 0, 1],
      ['fixed header', 'DUP', 0, 1],
      ['fixed header', 'QoS', 0, 1],
      ['fixed header', 'Retain', 0, 1],
      ['fixed header', 'Remaining Length', 1, 2],
      ['variable header', 'Topic Name', 2, 7],
      ['variable header', 'Packet Identifier', 7, 9],
      ['properties', 'Property Length', 9, 10],
      ['properties', 'Topic Alias', 10, 13],
      ['properties', 'User Property', 13, 20],
      ['properties', 'User Property', 20, 27],
      ['payload', 'Payload', 27, 29],
    ])
  })

  test('[PI1] may leave out its reason code and its properties', () => {
    const names = (...bytes: number[]) =>
      dissect(Uint8Array.from(bytes), bytes.length, '5.0').fields.map(({ name }) => name)
    const header = ['Control Packet type', 'Flags', 'Remaining Length']
    expect(names(0x40, 2, 0, 1)).toEqual([...header, 'Packet Identifier'])
    expect(names(0x40, 3, 0, 1, 0x10)).toEqual([...header, 'Packet Identifier', 'Reason Code'])
    expect(names(0xe0, 0)).toEqual(header)
    expect(names(0xe0, 1, 0x8e)).toEqual([...header, 'Reason Code'])
    expect(names(0xf0, 0)).toEqual(header)
    expect(names(0x20, 2, 0, 0x84)).toEqual([...header, 'Session Present', 'Reason Code'])
  })
})

/** mqtt-packet says 0 where an acknowledgement of MQTT 5 has no reason code. */
const REASON_OMITTED = { reasonCode: 0 }

describe('a packet that is malformed or was kept only in part', { timeout: 60_000 }, () => {
  test('[PI2] is shown as far as it was kept', () => {
    fc.assert(
      fc.property(anyPacket, fc.nat(), (packet, place) => {
        const { bytes, version } = packet
        const kept = 1 + (place % bytes.length)
        const { fields } = whole(packet)
        const part = dissect(bytes.subarray(0, kept), bytes.length, version)
        expect(part.isCut).toBe(kept < bytes.length)
        expect(part.fault).toBeUndefined()
        expect(part.end).toBeLessThanOrEqual(bytes.length)
        expect(coversGapless(part)).toBe(true)
        // Of a payload there may be only the beginning; its field says how long it is.
        expect(part.fields).toEqual(fields.slice(0, part.fields.length))
        const next = fields[part.fields.length]
        if (next) expect(next.end).toBeGreaterThan(kept)
      }),
      { numRuns: 1_000 },
    )
  })

  test('[PI2] is read without an exception, whatever its bytes are', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(anyPacket, changes, fc.nat(20), ({ bytes, version }, all, more) => {
        const changed = bytes.slice()
        for (const [place, byte] of all) changed[place % changed.length] = byte
        const dissection = dissect(changed, changed.length + more, version)
        expect(coversGapless(dissection)).toBe(true)
        expect(dissection.end).toBeLessThanOrEqual(changed.length + more)
      }),
      { numRuns: 1_000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(100), (bytes, more) => {
        for (const version of ['3.1', '3.1.1', '5.0'] as const) {
          const dissection = dissect(bytes, bytes.length + more, version)
          expect(coversGapless(dissection)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ['packet type 0', [0x00, 0]],
    ['CONNACK with wrong flags', [0x20, 3, 2, 0, 0]],
    ['bytes after the last field', [0xc0, 1, 7]],
    ['a field that ends after its packet', [0x30, 3, 0, 9, 0x61]],
    ['a text that is not UTF-8', [0x30, 4, 0, 1, 0xff, 0]],
    ['property 99, which there is not', [0x30, 6, 0, 1, 0x61, 2, 99, 0]],
    ['properties that are longer than their packet', [0x30, 4, 0, 1, 0x61, 9]],
    ['Content Type that ends too late', [0x30, 9, 0, 1, 0x61, 3, 3, 0, 2, 0x62, 0x63]],
    ['a malformed Variable Byte Integer', [0x30, 3, 0, 1, 0x61]],
    ['PUBLISH with QoS 3', [0x36, 6, 0, 1, 0x61, 0, 1, 0]],
    ['PUBLISH with DUP and QoS 0', [0x38, 4, 0, 1, 0x61, 0]],
    ['PUBLISH with packet identifier 0', [0x32, 6, 0, 1, 0x61, 0, 0, 0]],
    ['PUBLISH with a wildcard or U+0000 in its topic', [0x30, 4, 0, 1, 0x23, 0]],
    ['PUBLISH without a topic', [0x30, 3, 0, 0, 0]],
    ['PUBREL with wrong flags', [0x60, 2, 0, 1]],
    ['Reason String in a PUBLISH', [0x30, 7, 0, 1, 0x61, 3, 0x1f, 0, 0]],
    ['Topic Alias 0', [0x30, 7, 0, 1, 0x61, 3, 0x23, 0, 0]],
    ['Content Type twice', [0x30, 10, 0, 1, 0x61, 6, 3, 0, 0, 3, 0, 0]],
    ['SUBACK with the code 3 (0x03)', [0x90, 4, 0, 1, 0, 3]],
    ['a malformed Variable Byte Integer', [0x30, 8, 0, 1, 0x61, 0xff, 0xff, 0xff, 0xff, 1]],
  ])('[PI2] is said to be so, and why: %s', (fault, bytes) => {
    const dissection = dissect(Uint8Array.from(bytes), bytes.length, '5.0')
    expect(dissection.fault?.detail).toBe(fault)
    expect(dissection.fields.length).toBeGreaterThanOrEqual(3)
  })

  test('[PI2] is said to be so from the byte on where it is', () => {
    const faultOf = (...bytes: number[]) => {
      return dissect(Uint8Array.from(bytes), bytes.length, '5.0').fault?.at
    }
    expect(faultOf(0x36, 6, 0, 1, 0x61, 0, 1, 0)).toBe(0)
    expect(faultOf(0x32, 6, 0, 1, 0x61, 0, 0, 0)).toBe(5)
    expect(faultOf(0x30, 6, 0, 1, 0x61, 2, 99, 0)).toBe(7)
  })

  test('[PI2] is not said to lack what was not kept', () => {
    // The alias that stands for the topic is behind the end.
    const kept = Uint8Array.of(0x30, 6, 0, 0, 3)
    expect(dissect(kept, 8, '5.0').fault).toBeUndefined()
    expect(dissect(Uint8Array.of(0x20, 3, 0, 0), 5, '5.0').fault).toBeUndefined()
  })
})
