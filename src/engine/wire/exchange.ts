import type { PublishFailure } from '@/core/failure.ts'
import type { OutgoingMessage } from '@/core/message.ts'
import { PINGREQ_BYTES } from '@/core/packet/acknowledgement.ts'
import { encodePublish } from '@/core/packet/encodePublish.ts'
import { encodeSubscribe, encodeUnsubscribe } from '@/core/packet/encodeSubscribe.ts'
import type { Profile } from '@/core/profile.ts'
import type { ServerLimits } from '@/core/session.ts'
import type { Milliseconds, Seconds } from '@/core/units.ts'
import { KeepAlive } from './keepAlive.ts'
import type { PacketIds } from './packetIds.ts'
import { publishFailure } from './publishCheck.ts'
import { Publishing, type Handshake } from './publishing.ts'
import { serverLimits } from './serverLimits.ts'
import type { Connack, ServerPacket } from './serverPacket.ts'
import { Subscribing } from './subscribing.ts'

export type ExchangeParts = {
  profile: Profile
  connack: Connack
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
  /** The topics that the server knows by their aliases, as they were set on this connection. */
  readonly #aliases = new Map<number, string>()

  constructor({ profile, connack, ids, unreleased }: ExchangeParts, owner: ExchangeOwner) {
    const { version, cleanSession, keepAlive } = profile
    const { properties, sessionPresent } = connack
    this.limits = serverLimits(properties)
    this.#isMqtt5 = version === '5.0'
    // CONNACK says nothing about the session in MQTT 3.1.
    const resumed = sessionPresent || (version === '3.1' && !cleanSession)
    this.#publishing = new Publishing(
      {
        publish: (message, packetId) => owner.send(this.#encode(message, packetId)),
        release: (packetId) => owner.send(pubrel(packetId)),
      },
      ids,
      this.limits.receiveMaximum,
      { resumed, unreleased },
    )
    const isMqtt5 = this.#isMqtt5
    this.subscribing = new Subscribing(
      {
        subscribe: ({ requests, ...properties }, packetId) => {
          const filters = requests.map(({ filter, request }) => ({ filter, ...request }))
          owner.send(encodeSubscribe(filters, properties, { packetId, isMqtt5 }))
        },
        unsubscribe: ({ filters, userProperties }, packetId) =>
          owner.send(encodeUnsubscribe(filters, userProperties, { packetId, isMqtt5 })),
      },
      ids,
      this.limits,
    )
    const inForce = this.limits.serverKeepAlive ?? keepAlive
    this.keepAlive = new KeepAlive(inForce, {
      ping: () => owner.send(PINGREQ_BYTES),
      pinged: (roundTrip) => owner.pinged(roundTrip),
      silent: () => owner.silent(inForce),
    })
  }

  publish(message: OutgoingMessage): { failure: PublishFailure } | Handshake {
    const failure = publishFailure(message, this.limits, this.#isMqtt5)
    return failure ? { failure } : this.#publishing.publish(message)
  }

  /** Takes an answer of the server. Throws `MalformedPacket` when it cannot be one. */
  answered(packet: ServerPacket): void {
    switch (packet.type) {
      case 'puback':
      case 'pubrec':
      case 'pubcomp':
        this.#publishing.answered(packet)
        return
      case 'suback':
      case 'unsuback':
        this.subscribing.answered(packet)
        return
      case 'connack':
      case 'disconnect':
      case 'auth':
        return
    }
  }

  /** Nothing more is asked and no answer will come; pings go on. */
  giveUp(): void {
    this.#publishing.end()
    this.subscribing.end()
  }

  end(): void {
    this.keepAlive.stop()
    this.giveUp()
  }

  #encode(message: OutgoingMessage, packetId: number): Uint8Array {
    const alias = this.#isMqtt5 ? message.properties?.topicAlias : undefined
    const byAlias = alias !== undefined && this.#aliases.get(alias) === message.topic
    if (alias !== undefined) this.#aliases.set(alias, message.topic)
    return encodePublish(message, { packetId, isMqtt5: this.#isMqtt5, byAlias })
  }
}

/** A PUBREL that says success (MQTT 5.0 §3.6). */
function pubrel(packetId: number): Uint8Array {
  return Uint8Array.of(0x62, 2, packetId >> 8, packetId & 0xff)
}
