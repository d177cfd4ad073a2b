import type { SubscriptionId } from './id.ts'
import type { Bytes, EpochMs, Seconds, Seq } from './units.ts'

export type QoS = 0 | 1 | 2

/** Seen from this client: `in` came from the broker, `out` was published here. */
export type Direction = 'in' | 'out'

/** MQTT 5 user properties: ordered, and a name may repeat (MQTT 5.0 §3.3.2.3.7). */
export type UserProperty = { name: string; value: string }

/** The MQTT 5 properties of a PUBLISH (§3.3.2.3). Absent means absent on the wire. */
export type PublishProperties = {
  payloadFormatIndicator?: 0 | 1
  messageExpiryInterval?: Seconds
  topicAlias?: number
  responseTopic?: string
  correlationData?: Uint8Array
  userProperties?: UserProperty[]
  subscriptionIdentifiers?: number[]
  contentType?: string
}

/** A message to publish; the payload is already in the bytes that go on the wire. */
export type OutgoingMessage = {
  topic: string
  payload: Uint8Array
  qos: QoS
  retain: boolean
  /** Of MQTT 5 only. A topic alias is set where the server does not know it yet, and used where it does. */
  properties?: PublishProperties
}

/**
 * What became of a published message. `sent` is all that QoS 0 can know. A message of QoS 2 is `received`
 * between its PUBREC and its PUBCOMP. `unacknowledged` means that the connection or the engine ended
 * before the broker had answered, so the broker may or may not have it.
 */
export type PublishOutcome =
  | { state: 'pending' }
  | { state: 'received' }
  | { state: 'sent' }
  | { state: 'acknowledged'; reasonCode: number }
  | { state: 'refused'; reasonCode: number; reasonString?: string }
  | { state: 'unacknowledged' }

/** Storage failed for so long, or was so slow, that what waited for it filled the memory it may take. */
export type DropReason = 'storage-failed' | 'storage-slow'

/** Something that the log says about itself, at the place where it happened. */
export type Mark =
  /** The engine was not running or not connected in between, so messages may be missing. */
  | { type: 'gap'; from: EpochMs; to: EpochMs }
  /**
   * We asked for our session: the broker had it, or began a new one; `lost`: though one was left there,
   * `expired` as well: for a time that was over.
   */
  | { type: 'session'; present: boolean; lost?: true; expired?: true }
  /** So many messages before it came out of the broker's queue; never 0. */
  | { type: 'queue'; count: number }
  /** Messages that arrived and could not be stored; they are gone. */
  | { type: 'dropped'; count: number; from: EpochMs; to: EpochMs; reason: DropReason }

/** One message of the log, as a row of a view. The payload is cut to `PREVIEW_BYTES`; `size` is not. */
export type MessageRow = {
  kind: 'message'
  seq: Seq
  time: EpochMs
  direction: Direction
  topic: string
  qos: QoS
  retain: boolean
  dup: boolean
  /** Delivered out of the broker's queue after a resumed session: it was sent while we were away. */
  queued: boolean
  size: Bytes
  preview: Uint8Array
  properties?: PublishProperties
  /** The subscriptions whose filter matches the topic, in the order of the subscription list. */
  subscriptions: SubscriptionId[]
  /** When the message before it of the same topic in its view happened, where that was looked for. */
  previous?: EpochMs
  /** Only for direction `out`. Of what an earlier engine published, only what was not acknowledged. */
  outcome?: PublishOutcome
}

type MarkRow = { kind: 'mark'; seq: Seq; time: EpochMs; mark: Mark }

export type Row = MessageRow | MarkRow

/** A row carries at most this much payload; the whole is read on demand. 16 KiB fills several screens. */
export const PREVIEW_BYTES: Bytes = 16 * 1024
