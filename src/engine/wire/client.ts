import mqtt, { type MqttClient } from 'mqtt'
import type { Profile } from '@/core/profile.ts'
import { connectOptions } from './connectOptions.ts'
import type { Facade } from './facade.ts'

/**
 * MQTT.js, as far as it is used: it writes CONNECT. Everything behind the CONNACK is written and read here,
 * because its callbacks leave out reason strings, codes of success and the code of each filter, one that
 * never comes holds up those behind it, and it puts user properties of one name together. Every connection
 * has a new one.
 */
export class Client {
  readonly #mqtt: MqttClient

  /** Writes the CONNECT as soon as the facade opens. May throw; later errors go to `failed`. */
  constructor(
    profile: Profile,
    clientId: string,
    authenticationData: Uint8Array | undefined,
    facade: Facade,
    failed: (error: unknown) => void,
  ) {
    this.#mqtt = mqtt.connect({
      ...connectOptions(profile, clientId, authenticationData),
      createWebsocket: () => facade,
    })
    this.#mqtt.on('error', failed)
    // A packet that it cannot write destroys the stream, with an error that it keeps to itself.
    this.#mqtt.stream.on('error', failed)
  }

  /** Ends it and its timers; nothing is written any more. */
  abandon(): void {
    this.#mqtt.end(true)
  }
}
