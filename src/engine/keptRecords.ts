import { lowerBound } from '@/core/lowerBound.ts'
import type { TraceRecord, TraceSeq } from '@/core/packet/packetRecord.ts'
import type { Bytes } from '@/core/units.ts'

/** What a record takes besides its bytes, roughly. */
const OVERHEAD: Bytes = 200

/** The newest records, up to so many bytes. */
export class KeptRecords {
  readonly #limit: Bytes
  #records: TraceRecord[] = []
  /** Those before it have been let go; they are cut off when they are half of all. */
  #first = 0
  #bytes: Bytes = 0
  #letGo = 0

  constructor(limit: Bytes) {
    this.#limit = limit
  }

  /** How many were let go. */
  get letGo(): number {
    return this.#letGo
  }

  /** The first that is still there; 0 where nothing was let go. */
  get start(): TraceSeq {
    return this.#letGo === 0 ? 0 : (this.#records[this.#first]?.seq ?? 0)
  }

  /** Its `seq` is higher than that of every record before. */
  push(record: TraceRecord): void {
    this.#records.push(record)
    this.#bytes += sizeOf(record)
    while (this.#bytes > this.#limit) this.#letFirstGo()
  }

  /** The records behind `seq`, in order. */
  after(seq: TraceSeq): TraceRecord[] {
    const isKnown = (index: number) => (this.#records[index]?.seq ?? 0) <= seq
    return this.#records.slice(lowerBound(this.#first, this.#records.length, isKnown))
  }

  #letFirstGo(): void {
    const first = this.#records[this.#first]
    if (!first) return
    this.#bytes -= sizeOf(first)
    this.#first += 1
    this.#letGo += 1
    if (this.#first * 2 < this.#records.length) return
    this.#records = this.#records.slice(this.#first)
    this.#first = 0
  }
}

function sizeOf(record: TraceRecord): Bytes {
  return OVERHEAD + (record.kind === 'packet' ? record.bytes.length : 0)
}
