import { decodePubrel } from '@/core/packet/acknowledgement.ts'
import {
  Framer,
  MalformedPacket,
  PINGRESP,
  PUBLISH,
  PUBREL,
  type Packet,
} from '@/core/packet/framer.ts'
import { readTopicAlias } from '@/core/packet/properties.ts'
import { decodePublish, type PublishPacket } from '@/core/packet/publish.ts'
import { TopicAliases } from '@/core/packet/topicAliases.ts'
import { TopicTexts } from '@/core/packet/topicTexts.ts'
import type { Profile } from '@/core/profile.ts'
import type { EpochMs } from '@/core/units.ts'
import { decodeServerPacket, type ServerPacket } from './serverPacket.ts'

/** A PUBLISH as it arrived. Topic aliases are resolved; the rest are views of the frame's buffer. */
export type ReceivedPublish = PublishPacket & { time: EpochMs }

export type InboxListener = {
  /** The bytes of any packet, before they are read. */
  arrived?(bytes: Uint8Array): void
  /** Any packet but PUBLISH, PUBREL and PINGRESP, at once and in order. */
  packet(packet: ServerPacket): void
  /** All PUBLISH packets that one chunk completed. */
  received(publishes: ReceivedPublish[]): void
  /** A PUBREL; after the PUBLISH packets of the same chunk, which a server may only send for other ids. */
  released(packetId: number): void
  /** A PINGRESP; after everything else in the same chunk, so that all that came before it is known. */
  pingAnswered(): void
}

/** Cuts what a server sends into packets, and takes PUBLISH and PUBREL out. */
export class Inbox {
  readonly #framer: Framer
  readonly #aliases: TopicAliases
  readonly #topics = new TopicTexts()
  readonly #version: Profile['version']
  readonly #listener: InboxListener
  #state: 'before CONNACK' | 'connected' | 'stopped' = 'before CONNACK'

  constructor({ version, properties }: Profile, listener: InboxListener) {
    const announced = version === '5.0' ? properties : undefined
    this.#framer = new Framer(announced?.maximumPacketSize)
    this.#aliases = new TopicAliases(announced?.topicAliasMaximum ?? 0)
    this.#version = version
    this.#listener = listener
  }

  /**
   * Takes the next bytes, which arrived at `time`. Returns what was wrong with them when they cannot be
   * MQTT; the packets before that place have been reported.
   */
  push(chunk: Uint8Array, time: EpochMs): string | undefined {
    const publishes: ReceivedPublish[] = []
    const released: number[] = []
    let pingsAnswered = 0
    const malformed = this.#frame(chunk, (packet) => {
      if (this.#state === 'stopped') return
      this.#listener.arrived?.(packet.bytes)
      if (packet.type === PUBLISH) publishes.push(this.#publish(packet, time))
      else if (packet.type === PUBREL) released.push(this.#pubrel(packet))
      else if (packet.type === PINGRESP) pingsAnswered += this.#checkPingresp(packet)
      else this.#other(packet)
    })
    if (publishes.length > 0) this.#listener.received(publishes)
    for (const packetId of released) this.#listener.released(packetId)
    for (; pingsAnswered > 0; pingsAnswered -= 1) this.#listener.pingAnswered()
    return malformed
  }

  /** What comes behind this packet is ignored. */
  stop(): void {
    this.#state = 'stopped'
  }

  #frame(chunk: Uint8Array, take: (packet: Packet) => void): string | undefined {
    try {
      this.#framer.push(chunk, take)
      return undefined
    } catch (error) {
      if (error instanceof MalformedPacket) return error.message
      // A length that no buffer can have here.
      if (error instanceof RangeError) return 'a packet too large for this browser'
      throw error
    }
  }

  #publish(packet: Packet, time: EpochMs): ReceivedPublish {
    this.#expectConnected('PUBLISH')
    const isMqtt5 = this.#version === '5.0'
    const publish = decodePublish(packet, isMqtt5, this.#topics)
    const { qos, retain, dup, packetId, properties, payload } = publish
    const topic = isMqtt5
      ? this.#aliases.resolve(publish.topic, readTopicAlias(properties))
      : publish.topic
    return { topic, qos, retain, dup, packetId, properties, payload, time }
  }

  #pubrel(packet: Packet): number {
    this.#expectConnected('PUBREL')
    return decodePubrel(packet)
  }

  /** How many pings it answers: one. */
  #checkPingresp({ flags }: Packet): number {
    this.#expectConnected('PINGRESP')
    if (flags !== 0) throw new MalformedPacket('PINGRESP with wrong flags')
    return 1
  }

  #other(packet: Packet): void {
    const decoded = decodeServerPacket(packet, this.#version)
    if (decoded.type === 'connack') {
      if (this.#state === 'connected') throw new MalformedPacket('a second CONNACK')
      this.#state = 'connected'
    } else if (decoded.type !== 'auth' && decoded.type !== 'disconnect') {
      this.#expectConnected(decoded.type.toUpperCase())
    }
    this.#listener.packet(decoded)
  }

  #expectConnected(name: string): void {
    if (this.#state !== 'connected') throw new MalformedPacket(`${name} before CONNACK`)
  }
}
