import { describe, expect, it } from 'vitest'
import {
  NUMBER_DIGITS,
  NUMBER_OFFSET,
  SLOTS,
  TIME_DIGITS,
  TIME_OFFSET,
  blankPayload,
  writeDigits,
} from './payload.ts'
import { SequenceCheck, type Verdict } from './sequenceCheck.ts'

function payload(number: number): Uint8Array {
  const bytes = blankPayload(number % SLOTS, 100)
  writeDigits(bytes, NUMBER_OFFSET, NUMBER_DIGITS, number)
  writeDigits(bytes, TIME_OFFSET, TIME_DIGITS, 1000)
  return bytes
}

function check(numbers: number[], sent: number): Verdict {
  const sequence = new SequenceCheck()
  for (const number of numbers) sequence.take(payload(number), 1010)
  return sequence.verdict(sent)
}

const FINE = { lost: 0, reordered: 0, repeated: 0, changed: 0, meanAge: 10, maximumAge: 10 }

describe('SequenceCheck', () => {
  it('finds nothing where all came in order, over the end of the fillings too', () => {
    const all = Array.from({ length: SLOTS + 10 }, (_, i) => i)
    expect(check(all, all.length)).toEqual({ ...FINE, read: all.length })
  })

  it('finds what is lost, at the end too', () => {
    expect(check([0, 1, 3, 4], 7)).toEqual({ ...FINE, read: 4, lost: 3 })
  })

  it('does not miss what was let go', () => {
    const sequence = new SequenceCheck()
    for (const number of [3, 4]) sequence.take(payload(number), 1010)
    expect(sequence.verdict(5, 3)).toEqual({ ...FINE, read: 2 })
    expect(sequence.verdict(6, 3)).toMatchObject({ lost: 1 })
  })

  it('tells what came late from what came again', () => {
    expect(check([0, 2, 1, 3, 3], 4)).toEqual({ ...FINE, read: 5, reordered: 1, repeated: 1 })
  })

  it.each([0, NUMBER_OFFSET, NUMBER_OFFSET + NUMBER_DIGITS, TIME_OFFSET, 60, 99])(
    'finds a change of byte %i',
    (place) => {
      const sequence = new SequenceCheck()
      const bytes = payload(0)
      bytes[place] = 0x21
      sequence.take(bytes, 1010)
      expect(sequence.verdict(1)).toMatchObject({ read: 1, changed: 1, lost: 1 })
    },
  )
})
