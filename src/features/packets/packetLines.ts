import { lowerBound } from '@/core/lowerBound.ts'
import { Exchanges, type Exchange } from '@/core/packet/exchanges.ts'
import {
  isMessageRecord,
  type TracedPacket,
  type TraceNote,
  type TraceRecord,
  type TraceStart,
  type TraceUpdate,
} from '@/core/packet/packetRecord.ts'
import { summarize, type PacketSummary } from '@/core/packet/packetSummary.ts'
import type { Milliseconds } from '@/core/units.ts'

/** A packet of the list. */
export type PacketLine = {
  kind: 'packet'
  record: TracedPacket
  summary: PacketSummary
  exchange: Exchange | undefined
  /** Since the packet that it answers. */
  roundTrip: Milliseconds | undefined
}

/** A line of the list; its number is `record.seq`. */
export type TraceLine = PacketLine | { kind: 'note'; record: TraceNote }

/** Makes lines of the records of one trace, each of which is read only once. */
export class PacketLines {
  #lines: TraceLine[] = []
  #exchanges = new Exchanges()

  /** All lines, in their order: another array after each update. */
  get all(): readonly TraceLine[] {
    return this.#lines
  }

  /** Takes what is new; with `isWhole` it is all there is. */
  update({ records, start }: TraceUpdate, isWhole: boolean): void {
    if (isWhole) {
      this.#lines = []
      this.#exchanges = new Exchanges()
    }
    const kept = this.#lines.filter(({ record }) => this.#isKept(record, start))
    this.#lines = [...kept, ...records.map((record) => this.#read(record))]
  }

  #isKept(record: TraceRecord, { messages, rest }: TraceStart): boolean {
    const isKept = record.seq >= (isMessageRecord(record) ? messages : rest)
    if (!isKept) this.#exchanges.forget(record)
    return isKept
  }

  #read(record: TraceRecord): TraceLine {
    if (record.kind === 'note') {
      if (record.note.type === 'opening') this.#exchanges.restart()
      return { kind: 'note', record }
    }
    const summary = summarize(record)
    this.#exchanges.add({ ...record, ...summary })
    const exchange = this.#exchanges.of(record.seq)
    const first = exchange?.packets[0]
    const isAnswer = first !== undefined && first.seq !== record.seq
    const roundTrip = isAnswer ? record.time - first.time : undefined
    return { kind: 'packet', record, summary, exchange, roundTrip }
  }
}

/** Where the line with this number is, or the first one behind it. */
export function indexOfLine(lines: readonly TraceLine[], seq: number): number {
  return lowerBound(0, lines.length, (index) => (lines[index]?.record.seq ?? 0) < seq)
}
