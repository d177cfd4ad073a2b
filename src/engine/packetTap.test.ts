import { describe, expect, test } from 'vitest'
import { dissect } from '@/core/packet/dissect.ts'
import {
  isMessageRecord,
  KEPT_OF_PACKET,
  type TracedPacket,
  type TraceUpdate,
} from '@/core/packet/packetRecord.ts'
import { PacketTap } from './packetTap.ts'
import { testProfile } from './testing/samples.ts'
import { answerBytes, CONNECTED, PING, publishBytes } from './testing/tracedBytes.ts'

/** A tap, a clock that stands still until it is moved, and how often the tap told of a change. */
class Tapped {
  now = 1_700_000_000_000
  precise = 5_000
  told = 0
  readonly tap = new PacketTap({ now: () => this.now, precise: () => this.precise }, () => {
    this.told += 1
  })

  constructor() {
    this.tap.opening(testProfile(1883, { version: '3.1.1' }))
    this.tap.proceed(this.now)
  }

  /** Time passes, and then a chunk arrives. */
  pass(milliseconds: number): void {
    this.now += milliseconds
    this.precise += milliseconds
    this.tap.proceed(this.now)
  }

  get packets(): TracedPacket[] {
    return this.tap.read(-1).records.filter((record) => record.kind === 'packet')
  }

  /** The packets as `in PUBLISH 7`. */
  get lines(): string[] {
    return this.packets.map(({ bytes, size, version, direction }) => {
      const { name, fields } = dissect(bytes, size, version)
      const id = fields.find((field) => field.name === 'Packet Identifier')?.value
      return [direction, name, ...(id?.kind === 'number' ? [id.number] : [])].join(' ')
    })
  }
}

function bytesOf({ records }: TraceUpdate): number {
  return records.reduce((sum, each) => sum + (each.kind === 'packet' ? each.bytes.length : 0), 0)
}

describe('the packets of a connection', () => {
  test('[PI5] are kept in their order, with times that have a fraction, both ways', () => {
    const tapped = new Tapped()
    tapped.tap.received(CONNECTED)
    tapped.precise += 0.25
    // Acknowledgements are sent joined.
    tapped.tap.sent(Uint8Array.of(...PING, ...publishBytes(1, 3, 'x'.repeat(300)), ...PING))
    tapped.tap.received(answerBytes('PUBACK', 3))
    tapped.tap.ended({ code: 'dropped' })
    expect(tapped.lines).toEqual([
      'in CONNACK',
      'out PINGREQ',
      'out PUBLISH 3',
      'out PINGREQ',
      'in PUBACK 3',
    ])
    const { records } = tapped.tap.read(-1)
    expect(records.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(records.map(({ time }) => time - tapped.now)).toEqual([
      0, 0, 0.25, 0.25, 0.25, 0.25, 0.25,
    ])
    expect(records.at(-1)).toMatchObject({ note: { type: 'ended', failure: { code: 'dropped' } } })
  })

  test('[PI5] are their own copies, of each only the beginning', () => {
    const tapped = new Tapped()
    const large = publishBytes(0, 0, 'x'.repeat(100_000))
    tapped.tap.received(large)
    large.fill(0)
    const [packet] = tapped.packets
    expect(packet?.size).toBe(large.length)
    expect(packet?.bytes.buffer.byteLength).toBe(KEPT_OF_PACKET)
    expect(packet?.bytes[0]).toBe(0x30)
  })

  test('[PI5] never take more than 4 MiB, however large or many they are', () => {
    const tapped = new Tapped()
    const large = publishBytes(0, 0, 'x'.repeat(20_000))
    for (let count = 0; count < 1_000; count += 1) {
      tapped.tap.received(large)
      tapped.tap.received(CONNECTED)
    }
    for (let count = 0; count < 20_000; count += 1) tapped.tap.sent(PING)
    const update = tapped.tap.read(-1)
    expect(bytesOf(update)).toBeLessThanOrEqual(4 * 1024 * 1024)
    expect(update.records.length + update.letGo).toBe(1 + 1_000 + 1_000 + 20_000)
    expect(update.skipped).toBe(0)
  })

  test('[PI3] are copies: what goes over the wire keeps its password', () => {
    const tapped = new Tapped()
    const connect = [...[0, 4], ...Buffer.from('MQTT'), ...[4, 0xc2, 0, 30, 0, 0], ...[0, 1, 0x75]]
    const sent = Buffer.from([0x10, connect.length + 4, ...connect, ...[0, 2, 0x70, 0x77]])
    const before = Buffer.from(sent)
    tapped.tap.sent(sent)
    expect(sent).toEqual(before)
    expect(tapped.packets[0]?.bytes.slice(-2)).toEqual(Uint8Array.of(0x2a, 0x2a))
  })

  test('[PI3] have no password any more', () => {
    const tapped = new Tapped()
    const names = [0, 1, 0x63, 0, 1, 0x75, 0, 6]
    const body = [0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 0xc2, 0, 0, ...names]
    const password = new TextEncoder().encode('secret')
    tapped.tap.sent(Uint8Array.of(0x10, body.length + password.length, ...body, ...password))
    const [packet] = tapped.packets
    expect(new TextDecoder().decode(packet?.bytes)).toMatch(/\*{6}$/)
  })
})

describe('a flood', { timeout: 60_000 }, () => {
  test('[PI6] pushes no control packet out', () => {
    const tapped = new Tapped()
    tapped.tap.received(CONNECTED)
    for (let second = 0; second < 60; second += 1) {
      tapped.pass(1_000)
      for (let count = 0; count < 2_000; count += 1) tapped.tap.received(publishBytes(0, 0, 'xx'))
      tapped.tap.sent(PING)
    }
    expect(tapped.lines.filter((line) => line === 'out PINGREQ')).toHaveLength(60)
    expect(tapped.lines[0]).toBe('in CONNACK')
  })

  test('[PI6] is sampled, and what is not kept is counted', () => {
    const tapped = new Tapped()
    let sent = 0
    const flood = (count: number) => {
      for (let each = 0; each < count; each += 1) tapped.tap.received(publishBytes(0, 0))
      sent += count
      const { records, skipped, letGo } = tapped.tap.read(-1)
      expect(records.filter(isMessageRecord).length + skipped + letGo).toBe(sent)
      return skipped
    }
    expect(flood(2_000)).toBe(0)
    expect(flood(8_000)).toBe(8_000)
    // 200 more a second, and never more than at the start.
    tapped.pass(1_000)
    expect(flood(1_000)).toBe(8_800)
    tapped.pass(3_600_000)
    expect(flood(5_000)).toBe(8_800 + 3_000)
  })

  test('[PI6] goes on to be sampled when the clock is set back', () => {
    const tapped = new Tapped()
    for (let count = 0; count < 3_000; count += 1) tapped.tap.received(publishBytes(0, 0))
    tapped.pass(-3_600_000)
    tapped.tap.received(publishBytes(1, 77))
    expect(tapped.lines.at(-1)).toBe('in PUBLISH 77')
  })

  test('[PI6] has of each message that is kept all acknowledgements, and of others none', () => {
    const tapped = new Tapped()
    const { tap } = tapped
    for (let count = 0; count < 1_998; count += 1) tap.received(publishBytes(0, 0))
    tap.received(publishBytes(2, 1))
    tap.received(publishBytes(1, 2))
    // These two are not kept any more.
    tap.received(publishBytes(2, 3))
    tap.received(publishBytes(1, 4))
    const inOrder = ['PUBREC', 'PUBREL', 'PUBCOMP'] as const
    for (const packetId of [3, 1]) {
      for (const name of inOrder) {
        const bytes = answerBytes(name, packetId)
        if (name === 'PUBREL') tap.received(bytes)
        else tap.sent(bytes)
      }
    }
    tap.sent(Uint8Array.of(...answerBytes('PUBACK', 4), ...answerBytes('PUBACK', 2)))
    // The same identifier of the other side is another message.
    tap.received(answerBytes('PUBACK', 2))
    expect(tapped.lines.slice(1_998)).toEqual([
      'in PUBLISH 1',
      'in PUBLISH 2',
      'out PUBREC 1',
      'in PUBREL 1',
      'out PUBCOMP 1',
      'out PUBACK 2',
    ])
    expect(tap.read(-1).skipped).toBe(2 + 3 + 2)
  })

  test('[PI6] keeps nothing behind a PUBREC that refuses', () => {
    const tapped = new Tapped()
    tapped.tap.sent(publishBytes(2, 1))
    for (let count = 0; count < 2_000; count += 1) tapped.tap.received(publishBytes(0, 0))
    tapped.tap.received(answerBytes('PUBREC', 1, 0x97))
    tapped.tap.received(answerBytes('PUBREC', 1, 0x97))
    expect(tapped.lines.filter((line) => line === 'in PUBREC 1')).toHaveLength(1)
  })

  test('[PI6] shows an answer to no message as long as everything is kept', () => {
    const tapped = new Tapped()
    tapped.tap.received(answerBytes('PUBACK', 9))
    expect(tapped.lines).toEqual(['in PUBACK 9'])
  })

  test('[PI6] is told once, until somebody has looked', () => {
    const tapped = new Tapped()
    expect(tapped.told).toBe(1)
    for (let count = 0; count < 5_000; count += 1) tapped.tap.received(publishBytes(0, 0))
    expect(tapped.told).toBe(1)
    const seq = tapped.tap.read(-1).records.at(-1)?.seq ?? -1
    tapped.tap.received(publishBytes(0, 0))
    expect(tapped.told).toBe(2)
    // It was not kept, but counted.
    expect(tapped.tap.read(seq)).toMatchObject({ records: [], skipped: 3_001 })
  })
})
