import mqtt, { type MqttClient } from 'mqtt'
import type { Profile } from '@/core/profile.ts'
import { connectOptions } from './connectOptions.ts'
import type { Facade } from './facade.ts'
import type { PacketIds } from './packetIds.ts'
import type { SubscribePacket } from './subscribePackets.ts'

/**
 * MQTT.js, as far as it is used: it writes CONNECT, SUBSCRIBE and UNSUBSCRIBE. What comes of
 * them is read from the server's own packets and not from its callbacks, which leave out reason strings,
 * codes of success and the code of each filter, and of which one that never comes holds up those behind
 * it. For the same reason every connection has a new one. PUBLISH and what follows it is written by
 * `publishing.ts`: MQTT.js would put user properties of one name together. So is DISCONNECT, which MQTT.js
 * would hold back for answers that may never come.
 */
export class Client {
  readonly #mqtt: MqttClient
  readonly #ids: PacketIds
  /** What waits until MQTT.js takes itself for connected, some timers after the CONNACK. */
  #waiting: (() => void)[] | undefined = []

  /** Writes the CONNECT as soon as the facade opens. May throw; later errors go to `failed`. */
  constructor(
    profile: Profile,
    clientId: string,
    authenticationData: Uint8Array | undefined,
    facade: Facade,
    ids: PacketIds,
    failed: (error: unknown) => void,
  ) {
    this.#ids = ids
    this.#mqtt = mqtt.connect({
      ...connectOptions(profile, clientId, authenticationData),
      createWebsocket: () => facade,
      messageIdProvider: ids,
    })
    this.#mqtt.on('error', failed)
    // A packet that it cannot write destroys the stream, with an error that it keeps to itself.
    this.#mqtt.stream.on('error', failed)
    this.#mqtt.on('connect', () => {
      const waiting = this.#waiting ?? []
      this.#waiting = undefined
      for (const action of waiting) action()
    })
  }

  subscribe({ subscriptions, identifier }: SubscribePacket, packetId: number): void {
    const properties =
      identifier === undefined ? {} : { properties: { subscriptionIdentifier: identifier } }
    const wanted = Array.from(subscriptions, ([filter, request]) => {
      const { qos, noLocal, retainAsPublished, retainHandling } = request
      return [filter, { qos, nl: noLocal, rap: retainAsPublished, rh: retainHandling }] as const
    })
    const only = wanted.length === 1 ? wanted[0] : undefined
    this.#whenReady(() => {
      this.#ids.hand(packetId)
      // See `subscribePackets`: one filter must not be given as the name of an object.
      if (only) this.#mqtt.subscribe(only[0], { ...only[1], ...properties })
      else this.#mqtt.subscribe(Object.fromEntries(wanted), { qos: 0, ...properties })
    })
  }

  unsubscribe(filters: readonly string[], packetId: number): void {
    this.#whenReady(() => {
      this.#ids.hand(packetId)
      this.#mqtt.unsubscribe([...filters])
    })
  }

  /** Ends it and its timers; nothing is written any more. */
  abandon(): void {
    this.#waiting = []
    this.#mqtt.end(true)
  }

  #whenReady(action: () => void): void {
    if (this.#waiting) this.#waiting.push(action)
    else action()
  }
}
