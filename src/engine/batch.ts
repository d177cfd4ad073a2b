/**
 * What waits to be written into a log, and what one write makes of it. Data in, data out; `intake.ts`
 * does the waiting and the writing.
 */
import type { DropReason } from '@/core/message.ts'
import type { Acknowledgement } from '@/core/packet/acknowledgement.ts'
import type { Bytes, EpochMs, Seq } from '@/core/units.ts'
import type { LogEntry, LogMark, LogMessage } from '@/log/entry.ts'

/** Where acknowledgements go: the wire on which the message came, even if it is gone by then. */
export interface Acknowledger {
  acknowledge(acknowledgements: readonly Acknowledgement[]): void
}

/** An acknowledgement that is sent once everything before it is stored. */
export type Receipt = { to: Acknowledger; acknowledgement: Acknowledgement }

/** One thing that waits, in the order in which it happened. */
export type Item =
  /** A message, received or published. `stored` is called with its seq. */
  | { type: 'message'; entry: LogMessage; receipt?: Receipt; stored?: (seq: Seq) => void }
  /** A QoS 2 message whose first copy is stored or waits before this one: only its answer is due. */
  | { type: 'repeated'; receipt: Receipt }
  /** A PUBREL. */
  | { type: 'released'; receipt: Receipt }
  /** The session that the QoS 2 messages belonged to is gone. */
  | { type: 'newSession' }
  | { type: 'mark'; entry: LogMark }
  /** Messages of QoS 0 for which there was no room. */
  | { type: 'dropped'; count: number; from: EpochMs; to: EpochMs; reason: DropReason }

/** What one write stores, and what is to be done after it. */
export type Batch = {
  entries: LogEntry[]
  /** Packet identifiers of QoS 2 messages whose PUBREL has not come. */
  awaitingRelease: number[]
  dropped: number
  receipts: Receipt[]
  /** To be called with the seq of the entry at `index` of `entries`. */
  stored: { index: number; call: (seq: Seq) => void }[]
}

/** What an item keeps in memory: its bytes, and about 256 for the objects around them. */
export function weigh(item: Item): Bytes {
  if (item.type !== 'message') return 256
  const { topic, properties, payload } = item.entry
  return 256 + topic.length + properties.byteLength + payload.byteLength
}

/** How many of the items go into one write of about `limit` bytes; at least one. */
export function countForWrite(items: readonly Item[], limit: Bytes): number {
  let bytes = 0
  const beyond = items.findIndex((item) => (bytes += weigh(item)) > limit)
  return beyond === -1 ? items.length : Math.max(1, beyond)
}

/** What to write for the items, where `awaitingRelease` is stored so far. */
export function batchOf(items: readonly Item[], awaitingRelease: readonly number[]): Batch {
  const awaiting = new Set(awaitingRelease)
  const batch: Batch = { entries: [], awaitingRelease: [], dropped: 0, receipts: [], stored: [] }
  for (const item of items) {
    if (item.type === 'newSession') awaiting.clear()
    else if (item.type === 'dropped') {
      const { count, from, to, reason } = item
      batch.entries.push({
        kind: 'mark',
        time: to,
        mark: { type: 'dropped', count, from, to, reason },
      })
      batch.dropped += count
    } else if (item.type === 'mark') batch.entries.push(item.entry)
    else if (item.type === 'message') {
      if (item.stored) batch.stored.push({ index: batch.entries.length, call: item.stored })
      batch.entries.push(item.entry)
    }
    applyReceipt(item, awaiting)
    if ('receipt' in item) batch.receipts.push(item.receipt)
  }
  return { ...batch, awaitingRelease: [...awaiting] }
}

/** Whether somebody waits for the item, so that it should be written at once. */
export function isUrgent(item: Item): boolean {
  if (item.type === 'message') return item.receipt !== undefined || item.stored !== undefined
  return item.type !== 'dropped'
}

/** Changes the set of identifiers that await their release as the item says. */
export function applyReceipt(item: Item, awaiting: Set<number>): void {
  if (item.type === 'newSession') awaiting.clear()
  if (!('receipt' in item)) return
  const { kind, packetId } = item.receipt.acknowledgement
  if (kind === 'pubrec') awaiting.add(packetId)
  if (kind === 'pubcomp') awaiting.delete(packetId)
}
