import type { PublishFailure } from '@/core/failure.ts'
import type { OutgoingMessage, PublishOutcome } from '@/core/message.ts'
import { PINGREQ_BYTES } from '@/core/packet/acknowledgement.ts'
import type { Profile } from '@/core/profile.ts'
import type { ServerLimits } from '@/core/session.ts'
import type { Milliseconds, Seconds } from '@/core/units.ts'
import type { Client } from './client.ts'
import { KeepAlive } from './keepAlive.ts'
import type { PacketIds } from './packetIds.ts'
import { publishFailure } from './publishCheck.ts'
import { Publishing } from './publishing.ts'
import { serverLimits } from './serverLimits.ts'
import type { Connack, ServerPacket } from './serverPacket.ts'
import { Subscribing } from './subscribing.ts'

export type ExchangeParts = {
  profile: Profile
  connack: Connack
  client: Client
  ids: PacketIds
  unreleased: Set<number>
}

export type ExchangeOwner = {
  /** Sends whole packets now. */
  send(bytes: Uint8Array): void
  pinged(roundTrip: Milliseconds): void
  /** The server has been silent for too long; `keepAlive` is the one in force. */
  silent(keepAlive: Seconds): void
}

/** What goes on between an accepting CONNACK and the end of a connection, apart from received messages. */
export class Exchange {
  readonly limits: ServerLimits
  readonly keepAlive: KeepAlive
  readonly subscribing: Subscribing
  readonly #publishing: Publishing
  readonly #isMqtt5: boolean

  constructor({ profile, connack, client, ids, unreleased }: ExchangeParts, owner: ExchangeOwner) {
    const { version, cleanSession, keepAlive } = profile
    const { properties, sessionPresent } = connack
    this.limits = serverLimits(properties)
    this.#isMqtt5 = version === '5.0'
    // CONNACK says nothing about the session in MQTT 3.1.
    const resumed = sessionPresent || (version === '3.1' && !cleanSession)
    this.#publishing = new Publishing(
      {
        publish: (message, packetId) => client.publish(message, packetId),
        release: (packetId) => owner.send(pubrel(packetId)),
      },
      ids,
      properties.receiveMaximum ?? 0xffff,
      { resumed, unreleased },
    )
    this.subscribing = new Subscribing(client, ids, this.limits)
    const inForce = this.limits.serverKeepAlive ?? keepAlive
    this.keepAlive = new KeepAlive(inForce, {
      ping: () => owner.send(PINGREQ_BYTES),
      pinged: (roundTrip) => owner.pinged(roundTrip),
      silent: () => owner.silent(inForce),
    })
  }

  publish(
    message: OutgoingMessage,
  ): { failure: PublishFailure } | { outcome: Promise<PublishOutcome> } {
    const failure = publishFailure(message, this.limits, this.#isMqtt5)
    return failure ? { failure } : { outcome: this.#publishing.publish(message) }
  }

  /** A PUBLISH of QoS 0 was handed to the socket. */
  publishLeft(): void {
    this.#publishing.left()
  }

  /**
   * Takes an answer of the server. Returns whether it concerns MQTT.js as well. Throws `MalformedPacket`
   * when it cannot be one.
   */
  answered(packet: ServerPacket): boolean {
    switch (packet.type) {
      case 'puback':
      case 'pubrec':
      case 'pubcomp':
        return this.#publishing.answered(packet)
      case 'suback':
      case 'unsuback':
        return this.subscribing.answered(packet)
      case 'connack':
      case 'disconnect':
      case 'auth':
        return false
    }
  }

  /** Identifiers that the server has still to answer. */
  get unanswered(): number[] {
    return [...this.#publishing.unanswered, ...this.subscribing.unanswered]
  }

  /** Nothing more is asked and no answer will come; what MQTT.js has still leaves, and pings go on. */
  giveUp(): void {
    this.#publishing.giveUp()
    this.subscribing.end()
  }

  end(): void {
    this.keepAlive.stop()
    this.#publishing.end()
    this.subscribing.end()
  }
}

function pubrel(packetId: number): Uint8Array {
  return Uint8Array.of(0x62, 2, packetId >> 8, packetId & 0xff)
}
