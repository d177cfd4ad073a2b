import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepSeqs, seqsOf, withSeqs } from './seqRuns.ts'

const ascending = fc
  .uniqueArray(fc.nat(60), { maxLength: 40 })
  .map((seqs) => seqs.sort((one, other) => one - other))

test('[IF2] seqs are kept as runs, and what is in them stays the same', () => {
  expect(withSeqs([], [3, 4, 5, 9])).toEqual([3, 6, 9, 10])
  expect(withSeqs([3, 6], [6, 7, 10])).toEqual([3, 8, 10, 11])
  fc.assert(
    fc.property(ascending, ascending, fc.array(fc.nat(130)), (first, second, gone) => {
      const later = second.map((seq) => seq + 61)
      const runs = withSeqs(withSeqs([], first), later)
      expect(seqsOf(runs)).toEqual([...first, ...later])
      const kept = [...first, ...later].filter((seq) => !gone.includes(seq))
      expect(seqsOf(keepSeqs(runs, (seq) => !gone.includes(seq)))).toEqual(kept)
    }),
  )
})

test('[IF2] ten thousand in a row are one run', () => {
  const burst = Array.from({ length: 10_000 }, (_, n) => n + 7)
  expect(withSeqs([], burst)).toEqual([7, 10_007])
})
