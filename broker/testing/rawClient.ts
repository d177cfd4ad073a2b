import {
  generate,
  parser,
  type IConnackPacket,
  type IConnectPacket,
  type IPublishPacket,
  type ISubackPacket,
  type ISubscription,
  type Packet,
} from 'mqtt-packet'
import type { Broker } from '../broker.ts'
import type { ProtocolLevel } from '../protocolLevel.ts'
import type { Attachment } from '../transport.ts'

/**
 * A client in the same process that sends exactly what a test says and answers nothing by itself.
 * The broker's answers are there as soon as `send` returns.
 */
export class RawClient {
  readonly level: ProtocolLevel
  readonly received: Packet[] = []
  /** What the broker wrote, one entry for each packet. */
  readonly writes: Uint8Array[] = []
  isClosed = false
  readonly #attachment: Attachment

  constructor(broker: Broker, level: ProtocolLevel = 5) {
    this.level = level
    const reader = parser({ protocolVersion: level })
    reader.on('packet', (packet) => this.received.push(packet))
    this.#attachment = broker.attach({
      write: (bytes) => {
        this.writes.push(bytes)
        reader.parse(Buffer.from(bytes))
      },
      close: () => {
        this.isClosed = true
        this.#attachment.closed()
      },
    })
  }

  bytes(...bytes: number[]): void {
    this.#attachment.data(Uint8Array.from(bytes))
  }

  send(...packets: Packet[]): void {
    for (const packet of packets) {
      this.#attachment.data(generate(packet, { protocolVersion: this.level }))
    }
  }

  /** Sends a CONNECT (clean, without keep alive, unless told otherwise) and gives the CONNACK. */
  connect(clientId: string, options: Partial<IConnectPacket> = {}): IConnackPacket {
    this.send({
      cmd: 'connect',
      clientId,
      protocolId: this.level === 3 ? 'MQIsdp' : 'MQTT',
      protocolVersion: this.level,
      clean: true,
      keepalive: 0,
      ...options,
    })
    const answer = this.received.at(0)
    if (answer?.cmd !== 'connack') throw new Error('There is no CONNACK')
    return answer
  }

  /** Sends a SUBSCRIBE and gives the codes of its SUBACK. */
  subscribe(
    filter: string,
    options: Omit<Partial<ISubscription>, 'topic'> & { identifier?: number } = {},
  ): number[] {
    const { identifier, ...subscription } = options
    this.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic: filter, qos: 2, nl: false, rap: false, rh: 0, ...subscription }],
      ...(identifier !== undefined && { properties: { subscriptionIdentifier: identifier } }),
    })
    const answers = this.received.filter(
      (packet): packet is ISubackPacket => packet.cmd === 'suback',
    )
    return (answers.at(-1)?.granted ?? []) as number[]
  }

  publish(topic: string, payload: string, options: Partial<IPublishPacket> = {}): void {
    this.send({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false, ...options })
  }

  /** The messages that it got, in order. */
  get messages(): IPublishPacket[] {
    return this.received.filter((packet): packet is IPublishPacket => packet.cmd === 'publish')
  }

  get payloads(): string[] {
    return this.messages.map(({ payload }) => payload.toString())
  }

  /** The last packet, whatever it is. */
  get last(): Packet | undefined {
    return this.received.at(-1)
  }

  /** The transport ends without a DISCONNECT. */
  drop(): void {
    this.isClosed = true
    this.#attachment.closed()
  }
}

/** A client that is connected already. */
export function connected(
  broker: Broker,
  clientId: string,
  options: Partial<IConnectPacket> & { level?: ProtocolLevel } = {},
): RawClient {
  const { level = 5, ...connect } = options
  const client = new RawClient(broker, level)
  client.connect(clientId, connect)
  return client
}
