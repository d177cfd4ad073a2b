import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bytes } from '../units.ts'
import { dissect } from './dissect.ts'
import { maskSecrets } from './maskSecrets.ts'
import { anyPacket } from './testing/anyPacket.ts'
import { write, type Level, type WrittenPacket } from './testing/writtenPacket.ts'

/** Bytes that nothing else in the packets of these tests has, and that are no UTF-8. */
const secret = fc
  .uint8Array({ min: 0xf8, max: 0xff, minLength: 1, maxLength: 40 })
  .map((bytes) => Buffer.from(bytes))

const level = fc.constantFrom<Level>(3, 4, 5)
const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 })

/** A CONNECT with a password, and with authentication data where there are such. */
const connect = fc.record({ level, secret, clientId: word, username: word, hasWill: fc.boolean() })

const connectPacket = connect.map(({ level: version, secret: hidden, hasWill, ...names }) => {
  const properties = { authenticationMethod: 'M', authenticationData: hidden, receiveMaximum: 9 }
  const will = { topic: 'w', payload: 'gone', qos: 1, retain: false }
  const all = { cmd: 'connect', clean: true, keepalive: 60, password: hidden, properties }
  return write({ ...all, ...names, ...(hasWill ? { will } : {}) }, version)
})

const serverPacket = fc.record({ secret, cmd: fc.constantFrom('connack', 'auth') }).map((given) => {
  const properties = { authenticationData: given.secret, reasonString: 'more' }
  return write({ cmd: given.cmd, sessionPresent: false, reasonCode: 0, properties }, 5)
})

const packetWithSecret = fc.oneof(connectPacket, serverPacket)

/** What is left of the first `kept` bytes of a packet that is said to have `size`. */
function masked(
  { bytes, version }: WrittenPacket,
  kept: Bytes = bytes.length,
  size: Bytes = bytes.length,
): Uint8Array {
  const copy = bytes.slice(0, kept)
  maskSecrets(copy, size, version)
  return copy
}

/** Whether any byte of a secret is still there. */
function holdsSecret(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0xf8)
}

describe('passwords and authentication data', { timeout: 60_000 }, () => {
  test('[PI3] leave no byte in a packet that was kept whole or in part', () => {
    fc.assert(
      fc.property(packetWithSecret, fc.nat(), (packet, place) => {
        expect(holdsSecret(packet.bytes)).toBe(true)
        expect(holdsSecret(masked(packet))).toBe(false)
        const kept = masked(packet, place % (packet.bytes.length + 1))
        expect(holdsSecret(kept)).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  test('[PI3] leave no byte where the packet is malformed before, in or behind them', () => {
    const harm = fc.constantFrom<(bytes: Uint8Array, place: number) => Uint8Array>(
      // A Remaining Length that is wrong comes to the same as bytes that are missing or too many.
      (bytes) => Uint8Array.of(...bytes, 0xff, 0xff),
      (bytes, place) => bytes.slice(0, Math.max(1, place % bytes.length)),
      // No length of a text: those before a secret tell where it is.
      (bytes, place) => changed(bytes, lastLetter(bytes, place), 0xc0),
      (bytes) => changed(bytes, firstSecret(bytes) - 1, 0xef),
      (bytes) => changed(bytes, firstSecret(bytes) - 2, 0x7f),
      (bytes) => changed(bytes, firstSecret(bytes) - 3, 0x63),
    )
    fc.assert(
      fc.property(packetWithSecret, harm, fc.nat(), (packet, spoil, place) => {
        const bytes = spoil(packet.bytes, place)
        const kept = masked({ ...packet, bytes })
        expect(holdsSecret(kept)).toBe(false)
        const before = dissect(bytes, bytes.length, packet.version)
        expect(dissect(kept, bytes.length, packet.version)).toEqual(before)
      }),
      { numRuns: 1_500 },
    )
  })

  test('[PI3] leave no byte where a property ends behind the properties', () => {
    const { bytes, version } = write(
      { cmd: 'auth', reasonCode: 0x18, properties: { authenticationData: Buffer.from('hidden') } },
      5,
    )
    // The properties are said to end in the middle of the secret.
    const tooShort = changed(bytes, 3, 5)
    const kept = masked({ bytes: tooShort, version, level: 5 })
    expect(dissect(tooShort, tooShort.length, version).fault?.detail).toBe(
      'Authentication Data that ends too late',
    )
    expect(new TextDecoder().decode(kept)).not.toMatch(/[hiden]/)
  })

  test('[PI3] are all that is masked', () => {
    fc.assert(
      fc.property(anyPacket, (packet) => {
        const { bytes, version } = packet
        const { fields } = dissect(bytes, bytes.length, version)
        const expected = bytes.slice()
        for (const { value, end } of fields) {
          if (value.kind === 'secret') expected.fill(0x2a, value.from, end)
        }
        expect(masked(packet)).toEqual(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  test('[PI3] are told to be there when they are masked, as before', () => {
    fc.assert(
      fc.property(anyPacket, fc.nat(), (packet, place) => {
        const { bytes, version } = packet
        const kept = bytes.slice(0, 1 + (place % bytes.length))
        const before = dissect(kept, bytes.length, version)
        maskSecrets(kept, bytes.length, version)
        expect(dissect(kept, bytes.length, version)).toEqual(before)
      }),
      { numRuns: 1_000 },
    )
  })
})

function changed(bytes: Uint8Array, place: number, byte: number): Uint8Array {
  const copy = bytes.slice()
  copy[place] = byte
  return copy
}

function firstSecret(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => byte >= 0xf8)
}

/** Where one of the letters before the first secret is, in the properties or the payload. */
function lastLetter(bytes: Uint8Array, place: number): number {
  const first = firstSecret(bytes)
  const letters = [...bytes.keys()].filter(
    (at) => at > 13 && at < first && (bytes[at] ?? 0) >= 0x41,
  )
  return letters[place % Math.max(1, letters.length)] ?? first
}
