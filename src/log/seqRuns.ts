import type { Seq } from '@/core/units.ts'

/**
 * Ascending seqs as runs: the first of each run and the one behind its last, one after the other. A
 * burst of messages is one run, so it takes no more room in a record that is written again and again.
 */
export type SeqRuns = readonly Seq[]

/** The runs of these as well, which are ascending and behind all others. */
export function withSeqs(runs: SeqRuns, seqs: readonly Seq[]): SeqRuns {
  if (seqs.length === 0) return runs
  const all = [...runs]
  for (const seq of seqs) {
    if (all.at(-1) === seq) all[all.length - 1] = seq + 1
    else all.push(seq, seq + 1)
  }
  return all
}

/** The runs of those that pass. */
export function keepSeqs(runs: SeqRuns, passes: (seq: Seq) => boolean): SeqRuns {
  return withSeqs([], seqsOf(runs).filter(passes))
}

export function seqsOf(runs: SeqRuns): Seq[] {
  const seqs: Seq[] = []
  for (let i = 0; i < runs.length; i += 2) {
    for (let seq = runs[i] ?? 0; seq < (runs[i + 1] ?? 0); seq += 1) seqs.push(seq)
  }
  return seqs
}
