import { describe, expect, test } from 'vitest'
import type { TraceRecord } from '@/core/packet/packetRecord.ts'
import { KeptRecords } from './keptRecords.ts'

function packet(seq: number, size: number): TraceRecord {
  const bytes = new Uint8Array(size)
  return { kind: 'packet', seq, time: 0, direction: 'in', version: '5.0', bytes, size }
}

function seqs(records: TraceRecord[]): number[] {
  return records.map(({ seq }) => seq)
}

describe('the newest records', { timeout: 60_000 }, () => {
  test('[PI5] are all there as long as they are few', () => {
    const kept = new KeptRecords(10_000)
    for (const seq of [1, 4, 5, 9]) kept.push(packet(seq, 100))
    expect([kept.letGo, kept.start]).toEqual([0, 0])
    expect(seqs(kept.after(-1))).toEqual([1, 4, 5, 9])
    expect(seqs(kept.after(4))).toEqual([5, 9])
    expect(seqs(kept.after(6))).toEqual([9])
    expect(seqs(kept.after(9))).toEqual([])
  })

  test('[PI5] never take more than the limit, and what went for them is counted', () => {
    const kept = new KeptRecords(100_000)
    for (let seq = 0; seq < 5_000; seq += 1) {
      kept.push(packet(seq, (seq * 37) % 5_000))
      const all = kept.after(-1)
      const bytes = all.map((each) => (each.kind === 'packet' ? each.bytes.length : 0))
      expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100_000)
      expect(all.length + kept.letGo).toBe(seq + 1)
      expect(all.at(-1)?.seq).toBe(seq)
      if (kept.letGo > 0) expect(all[0]?.seq).toBe(kept.start)
    }
    expect(kept.letGo).toBeGreaterThan(4_900)
  })

  test('[PI5] take room also where they have no bytes', () => {
    const kept = new KeptRecords(10_000)
    for (let seq = 0; seq < 1_000; seq += 1) {
      kept.push({ kind: 'note', seq, time: 0, note: { type: 'ended' } })
    }
    expect(kept.after(-1).length).toBeLessThanOrEqual(100)
    expect(kept.after(-1).length + kept.letGo).toBe(1_000)
  })
})
