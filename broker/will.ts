import type { PublishProperties, QoS } from '../src/core/message.ts'
import type { Seconds } from '../src/core/units.ts'
import { Alarm, type Clock } from './clock.ts'
import type { IConnectPacket } from './packet.ts'

/** What the broker publishes for a client that goes without a DISCONNECT (MQTT 5.0 §3.1.2.5). */
export type Will = {
  topic: string
  payload: Uint8Array
  qos: QoS
  retain: boolean
  properties: PublishProperties
  delay: Seconds
}

/**
 * The will of a CONNECT, or `undefined` when it has none. mqtt-packet keeps user properties by name,
 * so repeated names come together here.
 */
export function willOf(connect: IConnectPacket): Will | undefined {
  const { will } = connect
  if (will === undefined) return undefined
  const { willDelayInterval, userProperties, payloadFormatIndicator, correlationData, ...others } =
    will.properties ?? {}
  const properties: PublishProperties = { ...others }
  if (payloadFormatIndicator !== undefined) {
    properties.payloadFormatIndicator = payloadFormatIndicator ? 1 : 0
  }
  if (correlationData !== undefined) properties.correlationData = Uint8Array.from(correlationData)
  if (userProperties !== undefined) {
    properties.userProperties = Object.entries(userProperties).flatMap(([name, values]) =>
      [values].flat().map((value) => ({ name, value })),
    )
  }
  const payload = typeof will.payload === 'string' ? utf8.encode(will.payload) : will.payload
  return {
    topic: will.topic,
    payload: Uint8Array.from(payload),
    qos: will.qos ?? 0,
    retain: will.retain === true,
    properties,
    delay: willDelayInterval ?? 0,
  }
}

const utf8 = new TextEncoder()

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
