import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameReader } from './frames.ts'

/** All frames that the reader has at the moment. */
function drain(reader: FrameReader): number[][] {
  const frames: number[][] = []
  for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
    frames.push([...frame.whole])
  }
  return frames
}

function packet(header: number, size: number): number[] {
  const length = size < 128 ? [size] : [(size % 128) | 0x80, Math.floor(size / 128)]
  return [header, ...length, ...new Array<number>(size).fill(7)]
}

describe('cutting a byte stream into packets', () => {
  test('gives the same packets in whatever pieces they arrive', () => {
    const packets = fc.array(
      fc.tuple(fc.nat(255), fc.nat(400)).map(([header, size]) => packet(header, size)),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(packets, fc.array(fc.integer({ min: 1, max: 50 })), (sent, sizes) => {
        const stream = sent.flat()
        const reader = new FrameReader(1000)
        const got: number[][] = []
        let at = 0
        for (const size of [...sizes, stream.length]) {
          reader.push(Uint8Array.from(stream.slice(at, at + size)))
          at += size
          got.push(...drain(reader))
        }
        expect(got).toEqual(sent)
      }),
    )
  })

  test('[BR8] refuses a packet that is too large before it is collected', () => {
    const reader = new FrameReader(100)
    reader.push(Uint8Array.of(0x30, 99))
    expect(() => reader.next()).toThrow(/101 bytes/)
  })

  test('[BR2] refuses a length of more than four bytes', () => {
    const reader = new FrameReader(100)
    reader.push(Uint8Array.of(0x30, 0x80, 0x80, 0x80, 0x80))
    expect(() => reader.next()).toThrow(/four bytes/)
  })
})
