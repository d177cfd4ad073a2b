import type { Direction } from '../message.ts'
import type { EpochMs } from '../units.ts'
import type { ControlPacket } from './controlPacket.ts'
import type { TraceRecord, TraceSeq } from './packetRecord.ts'

/** Packets that belong together: a request and what answers it, up to PUBCOMP. */
export type Exchange = { packets: { seq: TraceSeq; name: ControlPacket; time: EpochMs }[] }

/** What must be known of a packet to find its exchange. */
export type ExchangePacket = {
  seq: TraceSeq
  time: EpochMs
  direction: Direction
  name: ControlPacket
  packetId: number | undefined
}

/** What each packet that may be an answer answers. */
const ANSWERED: Partial<Record<ControlPacket, readonly ControlPacket[]>> = {
  CONNACK: ['CONNECT'],
  PUBACK: ['PUBLISH'],
  PUBREC: ['PUBLISH'],
  PUBREL: ['PUBLISH'],
  PUBCOMP: ['PUBLISH'],
  SUBACK: ['SUBSCRIBE'],
  UNSUBACK: ['UNSUBSCRIBE'],
  PINGRESP: ['PINGREQ'],
}

const REQUESTS: ReadonlySet<ControlPacket> = new Set(
  Object.values(ANSWERED).flatMap((names) => [...names]),
)

/** Pairs the packets of a trace (MQTT 5.0 §4.3, §2.2.1), which must be added in their order. */
export class Exchanges {
  readonly #all = new Map<TraceSeq, Exchange>()
  /** The newest exchange of each kind and identifier. */
  #open = new Map<string, Exchange>()

  /** The exchange that a packet belongs to; undefined for one that stands alone. */
  of(seq: TraceSeq): Exchange | undefined {
    return this.#all.get(seq)
  }

  add({ seq, time, direction, name, packetId }: ExchangePacket): void {
    const packet = { seq, name, time }
    if (REQUESTS.has(name)) {
      // A PUBLISH of QoS 0 is answered by nothing.
      if (name === 'PUBLISH' && packetId === undefined) return
      const exchange = { packets: [packet] }
      this.#all.set(seq, exchange)
      this.#open.set(keyOf(name, direction, packetId), exchange)
      return
    }
    for (const request of ANSWERED[name] ?? []) {
      const from = name === 'PUBREL' ? direction : opposite(direction)
      const exchange = this.#open.get(keyOf(request, from, packetId))
      if (!exchange) continue
      exchange.packets.push(packet)
      this.#all.set(seq, exchange)
    }
  }

  /** Another connection has begun, so nothing will be answered any more. */
  restart(): void {
    this.#open = new Map()
  }

  /** Forgets packets that are no longer in the trace. */
  forget(record: TraceRecord): void {
    this.#all.delete(record.seq)
  }
}

function keyOf(request: ControlPacket, from: Direction, packetId: number | undefined): string {
  return `${request} ${from} ${packetId ?? ''}`
}

function opposite(direction: Direction): Direction {
  return direction === 'in' ? 'out' : 'in'
}
