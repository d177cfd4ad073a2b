import { describe, expect, it } from 'vitest'
import { FrameReader, frameHeader } from './frame.ts'

/** A client's frame as RFC 6455 §5 has it. */
function masked(content: Buffer, opcode = 2): Buffer {
  const header = frameHeader(content.length)
  header[0] = 0x80 | opcode
  header[1] = (header[1] ?? 0) | 0x80
  const key = Buffer.of(1, 200, 3, 77)
  const hidden = content.map((byte, i) => byte ^ (key[i & 3] ?? 0))
  return Buffer.concat([header, key, hidden])
}

describe('FrameReader', () => {
  const contents = [0, 5, 125, 126, 65_535, 65_536].map((size) => Buffer.alloc(size, size % 251))

  it('unmasks frames of any length, cut anywhere', () => {
    const bytes = Buffer.concat(contents.map((content) => masked(content)))
    for (const step of [1_000, 70_001, bytes.length]) {
      const reader = new FrameReader()
      const read: (Buffer | undefined)[] = []
      for (let at = 0; at < bytes.length; at += step) {
        read.push(reader.push(bytes.subarray(at, at + step)))
      }
      const whole = Buffer.concat(read.map((part) => part ?? Buffer.alloc(0)))
      // Equal by hand: an assertion would look at each byte.
      expect(whole.equals(Buffer.concat(contents))).toBe(true)
    }
  })

  it('leaves pings out and tells a close', () => {
    const reader = new FrameReader()
    const one = Buffer.from('one')
    expect(reader.push(Buffer.concat([masked(Buffer.from('x'), 9), masked(one)]))).toEqual(one)
    expect(reader.push(masked(Buffer.alloc(0), 8))).toBeUndefined()
  })
})
