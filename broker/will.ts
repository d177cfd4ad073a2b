import type { PublishProperties, QoS } from '../src/core/message.ts'
import type { Seconds } from '../src/core/units.ts'
import { ByteReader } from './byteReader.ts'
import { Alarm, type Clock } from './clock.ts'
import type { Frame } from './frames.ts'
import type { ProtocolLevel } from './protocolLevel.ts'
import { readWillProperties } from './publishProperties.ts'
import { REASON, Violation } from './reason.ts'

/** What the broker publishes for a client that goes without a DISCONNECT (MQTT 5.0 §3.1.2.5). */
export type Will = {
  topic: string
  payload: Uint8Array
  qos: QoS
  retain: boolean
  properties: PublishProperties
  delay: Seconds
}

const WILL_FLAG = 0x04
const RETAIN_FLAG = 0x20

/**
 * Reads the will of a CONNECT (§3.1.3), or gives `undefined` when it has none. mqtt-packet keeps user
 * properties by name, but a server keeps their order (§3.1.3.2.8). Throws a `Violation` when it is
 * malformed.
 */
export function readWill(frame: Frame, level: ProtocolLevel): Will | undefined {
  const reader = new ByteReader(frame.body)
  reader.text()
  reader.byte()
  const flags = reader.byte()
  if ((flags & WILL_FLAG) === 0) return undefined
  const qos = (flags >> 3) & 0x03
  if (qos !== 0 && qos !== 1 && qos !== 2) {
    throw new Violation(REASON.malformedPacket, 'The will has both QoS bits set')
  }
  reader.twoBytes()
  if (level === 5) reader.take(reader.variable())
  reader.text()
  const { willDelayInterval, ...properties } = level === 5 ? readWillProperties(reader) : {}
  return {
    topic: reader.text(),
    payload: reader.binary(),
    qos,
    retain: (flags & RETAIN_FLAG) !== 0,
    properties,
    delay: willDelayInterval ?? 0,
  }
}

/** The will of a session whose client is gone, until its delay is over (§3.1.3.2.2). */
export class PendingWill {
  readonly #alarm: Alarm
  #publish: (() => void) | undefined

  constructor(clock: Clock) {
    this.#alarm = new Alarm(clock)
  }

  /** Publishes after `delay`, or at once when it is 0. */
  set(delay: Seconds, publish: () => void): void {
    this.#publish = publish
    if (delay === 0) this.fire()
    else this.#alarm.set(delay * 1000, () => this.fire())
  }

  /** Publishes now what waits; nothing when nothing does. */
  fire(): void {
    const publish = this.#publish
    this.cancel()
    publish?.()
  }

  cancel(): void {
    this.#alarm.cancel()
    this.#publish = undefined
  }
}
