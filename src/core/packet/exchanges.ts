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

/** A server that repeats itself does not make an exchange grow without end. */
const MOST_PACKETS = 20

/** After these an exchange is over; what says so again answers nothing. */
const LAST: ReadonlySet<ControlPacket> = new Set([
  'CONNACK',
  'PUBACK',
  'PUBCOMP',
  'SUBACK',
  'UNSUBACK',
  'PINGRESP',
])

/** Pairs the packets of a trace (MQTT 5.0 §4.3, §2.2.1), which must be added in their order. */
export class Exchanges {
  readonly #all = new Map<TraceSeq, Exchange>()
  /** The exchanges of each kind and identifier that wait for an answer, in their order. */
  #open = new Map<string, Exchange[]>()

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
      const key = keyOf(name, direction, packetId)
      // Pings have no identifier and are answered in their order; others take the place of what had it.
      const waiting = name === 'PINGREQ' ? this.#open.get(key) : undefined
      this.#open.set(key, [...(waiting ?? []), exchange])
      return
    }
    for (const request of ANSWERED[name] ?? []) {
      const from = name === 'PUBREL' ? direction : opposite(direction)
      const waiting = this.#open.get(keyOf(request, from, packetId))
      const exchange = LAST.has(name) ? waiting?.shift() : waiting?.[0]
      if (!exchange || exchange.packets.length >= MOST_PACKETS) continue
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
