import type { Direction, Mark, QoS } from '@/core/message.ts'
import type { EpochMs, Seq } from '@/core/units.ts'

/** A message exactly as it was on the wire. */
export type LogMessage = {
  kind: 'message'
  time: EpochMs
  direction: Direction
  topic: string
  qos: QoS
  retain: boolean
  dup: boolean
  /** Delivered out of the broker's queue after a resumed session. */
  queued: boolean
  /** The raw property bytes of MQTT 5.0 §3.3.2.3, without their length; empty for 3.x. */
  properties: Uint8Array
  payload: Uint8Array
}

export type LogMark = { kind: 'mark'; time: EpochMs; mark: Mark }

/** What the log keeps. `time` is a whole number of milliseconds. */
export type LogEntry = LogMessage | LogMark

export type StoredEntry = LogEntry & { seq: Seq }
