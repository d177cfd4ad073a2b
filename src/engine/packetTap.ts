import type { ConnectionFailure } from '@/core/failure.ts'
import type { Direction } from '@/core/message.ts'
import { PUBLISH, PUBREL } from '@/core/packet/framer.ts'
import { maskSecrets } from '@/core/packet/maskSecrets.ts'
import {
  KEPT_OF_PACKET,
  type TraceRecord,
  type TraceSeq,
  type TraceUpdate,
} from '@/core/packet/packetRecord.ts'
import { readVariableInteger } from '@/core/packet/variableInteger.ts'
import type { MqttVersion, Profile } from '@/core/profile.ts'
import type { Bytes, EpochMs, Milliseconds } from '@/core/units.ts'
import { KeptRecords } from './keptRecords.ts'

/** What is kept of messages and their acknowledgements, and what of everything else. */
const MESSAGES: Bytes = 3 * 1024 * 1024
const REST: Bytes = 1024 * 1024

/**
 * So many messages in a row are kept whole, and then so many a second. A tutorial, a burst of publishes
 * and a fleet of sensors stay below it; of a flood it is a sample that costs the flood nothing.
 */
const BURST = 2_000
const PER_SECOND = 200

const PUBACK = 4
const PUBREC = 5
const PUBCOMP = 7

/** Both in milliseconds: since 1970, and since the start with a fraction that the former has not. */
export type TapClock = { now: () => EpochMs; precise: () => Milliseconds }

/**
 * Keeps the packets of one connection as they go by, over all its attempts, up to 4 MiB. It is on the
 * way of every message, so what it does not keep it only counts. Secrets are masked before anything is
 * kept.
 */
export class PacketTap {
  readonly #clock: TapClock
  readonly #onChanged: () => void
  readonly #messages = new KeptRecords(MESSAGES)
  readonly #rest = new KeptRecords(REST)
  /** Messages whose PUBLISH was kept and whose last acknowledgement is still to come. */
  readonly #open = new Set<number>()
  #version: MqttVersion = '5.0'
  #seq: TraceSeq = 0
  #skipped = 0
  #allowance = BURST
  #allowedAt: EpochMs = 0
  /** What makes a time out of `precise`; taken anew at each attempt, because computers sleep. */
  #epoch: EpochMs = 0
  /** The change has been told, and nobody has looked since. */
  #isTold = false

  constructor(clock: TapClock, onChanged: () => void) {
    this.#clock = clock
    this.#onChanged = onChanged
  }

  /** A new attempt begins. */
  opening({ host, port, version }: Profile): void {
    this.#version = version
    this.#epoch = this.#clock.now() - this.#clock.precise()
    this.#open.clear()
    this.#keepRest({ ...this.#stamp(), kind: 'note', note: { type: 'opening', host, port } })
  }

  /** The attempt is over; without a failure because the user wanted it. */
  ended(failure: ConnectionFailure | undefined): void {
    const note = { type: 'ended', ...(failure ? { failure } : {}) } as const
    this.#keepRest({ ...this.#stamp(), kind: 'note', note })
  }

  /** A chunk arrived at `now`, so more messages may be kept. */
  proceed(now: EpochMs): void {
    const seconds = (now - this.#allowedAt) / 1_000
    // A clock that was set back must not stop it.
    const gained = seconds < 0 ? PER_SECOND : seconds * PER_SECOND
    this.#allowance = Math.min(BURST, this.#allowance + gained)
    this.#allowedAt = now
  }

  /** One packet from the server. */
  received(bytes: Uint8Array): void {
    this.#take(bytes, 'in')
  }

  /** Whole packets that were given to the socket. */
  sent(bytes: Uint8Array): void {
    this.proceed(this.#clock.now())
    for (let at = 0; at < bytes.length;) {
      const length = readVariableInteger(bytes, at + 1)
      const end = length ? length.end + length.value : bytes.length
      this.#take(bytes.subarray(at, end), 'out')
      at = end
    }
  }

  /** What there is behind `after`; -1 gives all. */
  read(after: TraceSeq): TraceUpdate {
    this.#isTold = false
    const records = [...this.#messages.after(after), ...this.#rest.after(after)]
    return {
      records: records.sort((one, other) => one.seq - other.seq),
      start: { messages: this.#messages.start, rest: this.#rest.start },
      skipped: this.#skipped,
      letGo: this.#messages.letGo + this.#rest.letGo,
    }
  }

  #take(bytes: Uint8Array, direction: Direction): void {
    const type = (bytes[0] ?? 0) >> 4
    const isOfMessage = type >= PUBLISH && type <= PUBCOMP
    if (isOfMessage && !this.#wants(type, bytes, direction)) {
      this.#skipped += 1
      this.#tell()
      return
    }
    // A copy, so that the mask does not go out on the wire. `slice` of a Buffer would be none.
    const kept = new Uint8Array(bytes.subarray(0, KEPT_OF_PACKET))
    maskSecrets(kept, bytes.length, this.#version)
    const record: TraceRecord = {
      ...this.#stamp(),
      kind: 'packet',
      direction,
      version: this.#version,
      bytes: kept,
      size: bytes.length,
    }
    if (isOfMessage) this.#keepMessage(record)
    else this.#keepRest(record)
  }

  /** Whether to keep a packet of a message: a PUBLISH if there is allowance, and then the rest of it. */
  #wants(type: number, bytes: Uint8Array, direction: Direction): boolean {
    if (type === PUBLISH) {
      if (this.#allowance < 1) return false
      this.#allowance -= 1
      const packetId = publishId(bytes)
      if (packetId > 0) this.#open.add(keyOf(packetId, direction))
      return true
    }
    // PUBREL comes from the side that published, the others from the other one.
    const publisher = type === PUBREL ? direction : direction === 'in' ? 'out' : 'in'
    const key = keyOf(answerId(bytes), publisher)
    // While everything is kept, an answer to no message is something to see.
    if (!this.#open.has(key)) return this.#skipped === 0
    if (isLast(type, bytes)) this.#open.delete(key)
    return true
  }

  #keepMessage(record: TraceRecord): void {
    this.#messages.push(record)
    this.#tell()
  }

  #keepRest(record: TraceRecord): void {
    this.#rest.push(record)
    this.#tell()
  }

  #stamp(): { seq: TraceSeq; time: EpochMs } {
    const seq = this.#seq
    this.#seq += 1
    return { seq, time: this.#epoch + this.#clock.precise() }
  }

  #tell(): void {
    if (this.#isTold) return
    this.#isTold = true
    this.#onChanged()
  }
}

function keyOf(packetId: number, publisher: Direction): number {
  return publisher === 'in' ? packetId : packetId + 0x1_0000
}

/** The packet identifier of a PUBLISH; 0 where it has none, or is malformed. */
function publishId(bytes: Uint8Array): number {
  if (((bytes[0] ?? 0) & 6) === 0) return 0
  const at = bodyStart(bytes)
  const topic = uint16(bytes, at)
  return uint16(bytes, at + 2 + topic)
}

function answerId(bytes: Uint8Array): number {
  return uint16(bytes, bodyStart(bytes))
}

/** Whether the exchange ends with this answer; a PUBREC does so where it refuses (MQTT 5.0 §4.3.3). */
function isLast(type: number, bytes: Uint8Array): boolean {
  if (type === PUBREC) return (bytes[bodyStart(bytes) + 2] ?? 0) >= 0x80
  return type === PUBACK || type === PUBCOMP
}

function bodyStart(bytes: Uint8Array): number {
  return readVariableInteger(bytes, 1)?.end ?? bytes.length
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}
