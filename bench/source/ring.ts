import {
  NUMBER_DIGITS,
  NUMBER_OFFSET,
  SLOTS,
  TIME_DIGITS,
  TIME_OFFSET,
  blankPayload,
  writeDigits,
} from '../payload.ts'
import { frameHeader } from './frame.ts'
import type { Shape } from './orders.ts'

/** Distinct topics, `bench/0` to `bench/9`. */
const TOPICS = 10

/**
 * PUBLISH packets for `SLOTS` consecutive messages, ready to be written but for number, time and packet
 * identifier. The bytes of a message lie where those of the one `SLOTS` before lay, so no more than
 * that may be unsent.
 */
export class Ring {
  readonly #perFrame: number
  readonly #hasId: boolean
  readonly #buffer: Buffer
  /** Where each slot's frame begins, if it is the first of one, or its packet; the last: the end. */
  readonly #starts: number[] = []
  /** Where each slot's payload begins. */
  readonly #payloads: number[] = []

  /** Without `isFramed` the packets follow each other bare, as TCP has them. */
  constructor({ payloadBytes, perFrame, qos, version }: Shape, isFramed: boolean) {
    this.#perFrame = perFrame
    this.#hasId = qos > 0
    const parts: Buffer[] = []
    let end = 0
    const add = (part: Buffer) => {
      parts.push(part)
      end += part.length
    }
    for (let slot = 0; slot < SLOTS; slot += perFrame) {
      const packets = Array.from({ length: perFrame }, (_, i) => {
        return packetOf(slot + i, payloadBytes, qos, version)
      })
      packets.forEach((packet, i) => {
        this.#starts.push(end)
        if (isFramed && i === 0) add(frameHeader(packets.reduce((sum, p) => sum + p.length, 0)))
        add(packet)
        this.#payloads.push(end - payloadBytes)
      })
    }
    this.#starts.push(end)
    this.#buffer = Buffer.concat(parts)
  }

  /** How many messages from this one on can be had in one piece. */
  roomAt(first: number): number {
    return SLOTS - (first % SLOTS)
  }

  /** The bytes of `count` messages from number `first` on; both are multiples of those in a frame. */
  piece(first: number, count: number, time: number, isMqtt5: boolean): Buffer {
    const slot = first % SLOTS
    if (slot % this.#perFrame !== 0 || count > this.roomAt(first)) throw new RangeError('No piece')
    const buffer = this.#buffer
    // Above the packet identifier are only the properties, of which there are none.
    const idOffset = isMqtt5 ? 3 : 2
    for (let i = 0; i < count; i++) {
      const payload = this.#payloads[slot + i] ?? 0
      writeDigits(buffer, payload + NUMBER_OFFSET, NUMBER_DIGITS, first + i)
      writeDigits(buffer, payload + TIME_OFFSET, TIME_DIGITS, time)
      if (this.#hasId) buffer.writeUInt16BE(packetIdOf(first + i), payload - idOffset)
    }
    return buffer.subarray(this.#starts[slot], this.#starts[slot + count])
  }
}

/** The packet identifier of a message: 1 to 65,535, over and over. */
export function packetIdOf(number: number): number {
  return 1 + (number % 0xffff)
}

function packetOf(slot: number, payloadBytes: number, qos: number, version: 4 | 5): Buffer {
  const topic = Buffer.from(`bench/${slot % TOPICS}`)
  const head = Buffer.concat([
    Buffer.of(topic.length >> 8, topic.length & 0xff),
    topic,
    qos > 0 ? Buffer.alloc(2) : Buffer.alloc(0),
    version === 5 ? Buffer.of(0) : Buffer.alloc(0),
  ])
  const length = remainingLength(head.length + payloadBytes)
  const payload = blankPayload(slot, payloadBytes)
  return Buffer.concat([Buffer.of(0x30 | (qos << 1)), length, head, payload])
}

/** MQTT's variable byte integer. */
export function remainingLength(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  do {
    const digit = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? digit | 0x80 : digit)
  } while (rest > 0)
  return Buffer.from(bytes)
}
