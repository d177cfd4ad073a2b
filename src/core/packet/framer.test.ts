import { Buffer } from 'node:buffer'
import process from 'node:process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bytes } from '../units.ts'
import { Framer, type Packet } from './framer.ts'

const KIB = 1024

/** More than any packet here has. */
const PATTERN = new Uint8Array(300 * KIB).map((_, at) => (at * 31) % 251)

/** A PUBLISH of this size, whose bytes differ from their neighbours. */
function packetOf(size: Bytes): Uint8Array {
  const bytes = PATTERN.slice(0, size)
  const length = size - 5
  // Four bytes say it, however small it is.
  const parts = [0, 7, 14, 21].map((shift) => ((length >> shift) & 0x7f) | (shift < 21 ? 0x80 : 0))
  bytes.set([0x30, ...parts])
  return bytes
}

function push(framer: Framer, bytes: Uint8Array, size: Bytes): Packet[] {
  const packets: Packet[] = []
  for (let at = 0; at < bytes.length; at += size) {
    framer.push(bytes.subarray(at, at + size), (packet) => packets.push(packet))
  }
  return packets
}

/** How much more the buffers of this process take after `act`, and what it made. */
function memoryFor<Made>(act: () => Made): { grown: Bytes; made: Made } {
  const before = process.memoryUsage().arrayBuffers
  const made = act()
  return { grown: process.memoryUsage().arrayBuffers - before, made }
}

describe('a packet that arrives in pieces', { timeout: 60_000 }, () => {
  test('[PK1] comes out whole and in a buffer of its size, however large it is', () => {
    const sizes = fc.oneof(fc.integer({ min: 5, max: 2_000 }), fc.integer({ max: 300_000, min: 5 }))
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 3 }), sizes, (all, piece) => {
        const stream = Uint8Array.from(Buffer.concat(all.map((size) => packetOf(size))))
        const packets = push(new Framer(), stream, piece)
        expect(packets.map(({ bytes }) => bytes.length)).toEqual(all)
        for (const { bytes } of packets) {
          expect(Buffer.compare(bytes, packetOf(bytes.length))).toBe(0)
          const isView = bytes.buffer === stream.buffer
          expect(isView || bytes.buffer.byteLength === bytes.length).toBe(true)
        }
      }),
      { numRuns: 50 },
    )
  })

  test('[HB1] takes no more memory than has arrived, whatever length it claims', () => {
    const { grown, made } = memoryFor(() =>
      Array.from({ length: 100 }, () => {
        const framer = new Framer()
        framer.push(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3), () => undefined)
        return framer
      }),
    )
    expect(made).toHaveLength(100)
    expect(grown).toBeLessThan(100 * 65 * KIB)
  })

  test('[HB1] takes at most twice as much as has arrived', () => {
    const piece = new Uint8Array(16 * KIB)
    const framer = new Framer()
    framer.push(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f), () => undefined)
    const { grown } = memoryFor(() => {
      for (let arrived = 0; arrived < 640; arrived += 1) framer.push(piece, () => undefined)
    })
    // Buffers that were outgrown may still be there, which are as much again.
    expect(grown).toBeLessThan(10 * 1024 * KIB * 4)
  })
})
