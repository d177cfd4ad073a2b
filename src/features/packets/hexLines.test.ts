import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dissect } from '@/core/packet/dissect.ts'
import { hexLines } from './hexLines.ts'

const anyBytes = fc.uint8Array({ maxLength: 100 })
const columns = fc.constantFrom(8, 16)

/** The bytes that the pairs of lines stand for, all or only those that are marked. */
function read(lines: ReturnType<typeof hexLines>, isWanted: (isMarked: boolean) => boolean) {
  const runs = lines.flatMap((line) => line.runs).filter(({ isMarked }) => isWanted(isMarked))
  return runs.flatMap(({ pairs }) => pairs.match(/[0-9a-f]{2} /g) ?? []).map((each) => parse(each))
}

function parse(pair: string): number {
  return Number.parseInt(pair, 16)
}

describe('the bytes of a packet', () => {
  test('[PI9] are written with their offsets and printable characters', () => {
    const bytes = Uint8Array.of(0x30, 0x0a, 0x00, 0x7e, 0x7f, 0xff, 0x20, 0x41, 0x42)
    expect(hexLines(bytes, 8, undefined)).toEqual([
      {
        offset: '000000',
        runs: [{ at: 0, pairs: '30 0a 00 7e 7f ff 20 41 ', isMarked: false }],
        padding: '',
        characters: '0..~.. A',
      },
      {
        offset: '000008',
        runs: [{ at: 8, pairs: '42 ', isMarked: false }],
        padding: ' '.repeat(21),
        characters: 'B',
      },
    ])
    expect(hexLines(new Uint8Array(), 16, undefined)).toEqual([])
  })

  test('[PI9] are all there, and marked are exactly those of the chosen field', () => {
    fc.assert(
      fc.property(anyBytes, columns, fc.nat(110), fc.nat(110), (bytes, width, start, length) => {
        const lines = hexLines(bytes, width, { start, end: start + length })
        expect(read(lines, () => true)).toEqual([...bytes])
        expect(read(lines, (isMarked) => isMarked)).toEqual([
          ...bytes.subarray(start, start + length),
        ])
        for (const { runs, padding } of lines) {
          expect(runs.map(({ pairs }) => pairs).join('').length + padding.length).toBe(width * 3)
          // Neighbours that are marked alike are one run.
          expect(runs.length).toBeLessThanOrEqual(3)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('[PI9] of a field are marked over the ends of lines', () => {
    const topic = [...new TextEncoder().encode('a/long/topic')]
    const bytes = Uint8Array.of(0x30, 16, 0, 12, ...topic, 1, 2)
    const field = dissect(bytes, bytes.length, '3.1.1').fields.find(
      ({ name }) => name === 'Topic Name',
    )
    const lines = hexLines(bytes, 8, field)
    expect(read(lines, (isMarked) => isMarked)).toEqual([0, 12, ...topic])
    expect(lines.map(({ runs }) => runs.map(({ at, isMarked }) => [at, isMarked]))).toEqual([
      [
        [0, false],
        [2, true],
      ],
      [[8, true]],
      [[16, false]],
    ])
  })
})
