import {
  generate,
  parser,
  type IConnackPacket,
  type IConnectPacket,
  type IDisconnectPacket,
  type IPublishPacket,
  type ISubscription,
  type Packet,
} from 'mqtt-packet'
import type { Bytes } from '../../src/core/units.ts'
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
  /** What the broker is told to be unsent. */
  unsent: Bytes = 0
  readonly #attachment: Attachment
  #failsToWrite = false

  constructor(broker: Broker, level: ProtocolLevel = 5) {
    this.level = level
    const reader = parser({ protocolVersion: level })
    reader.on('packet', (packet) => this.received.push(packet))
    this.#attachment = broker.attach({
      write: (bytes) => {
        if (this.#failsToWrite) throw new Error('The transport is broken')
        this.writes.push(bytes)
        reader.parse(Buffer.from(bytes))
      },
      close: () => (this.isClosed = true),
      unsent: () => this.unsent,
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
    return (this.all('suback').at(-1)?.granted ?? []) as number[]
  }

  publish(topic: string, payload: string, options: Partial<IPublishPacket> = {}): void {
    this.send({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false, ...options })
  }

  /** The messages that it got, in order. */
  get messages(): IPublishPacket[] {
    return this.all('publish')
  }

  get payloads(): string[] {
    return this.messages.map(({ payload }) => payload.toString())
  }

  /** The last packet, whatever it is. */
  get last(): Packet | undefined {
    return this.received.at(-1)
  }

  /** The packets of one kind, in order. */
  all<Kind extends Packet['cmd']>(cmd: Kind): Extract<Packet, { cmd: Kind }>[] {
    return this.received.filter(
      (packet): packet is Extract<Packet, { cmd: Kind }> => packet.cmd === cmd,
    )
  }

  /** From now on every write throws. */
  failWrites(): void {
    this.#failsToWrite = true
  }

  /** Forgets what was received so far. */
  forget(): void {
    this.received.length = 0
  }

  /** Answers every QoS 1 message so far with a PUBACK. */
  acknowledge(): void {
    for (const { qos, messageId } of this.messages) {
      if (qos === 1) this.send({ cmd: 'puback', messageId: messageId ?? 0, reasonCode: 0 })
    }
  }

  /** Says good-bye with a DISCONNECT. */
  leave(packet: Omit<IDisconnectPacket, 'cmd'> = {}): void {
    this.send({ cmd: 'disconnect', reasonCode: 0, ...packet })
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
