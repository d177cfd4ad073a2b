import type { ConnectionFailure } from './failure.ts'
import type { MqttVersion, Profile } from './profile.ts'

/** What a server answers to a CONNECT of a version that it does not speak, in MQTT 3 and 5. */
const UNSUPPORTED_VERSION: readonly number[] = [1, 0x84]

/**
 * The version worth a try after a failure, or undefined when another would change nothing. Servers
 * without MQTT 5 either say so or, like RabbitMQ before 3.13, hang up without a word; a server that
 * refuses MQTT 3 has only MQTT 5.
 */
export function versionToTry(
  failure: ConnectionFailure,
  version: MqttVersion,
): MqttVersion | undefined {
  if (failure.code === 'closed-before-connack') return version === '5.0' ? '3.1.1' : undefined
  if (failure.code !== 'refused' || !UNSUPPORTED_VERSION.includes(failure.reasonCode)) {
    return undefined
  }
  return version === '3.1.1' ? '5.0' : '3.1.1'
}

/** The profile for another version, without what only MQTT 5 has where that is left. */
export function withVersion(profile: Profile, version: MqttVersion): Profile {
  if (version === '5.0') return { ...profile, version }
  const will = { ...profile.will, properties: { userProperties: [] } }
  return { ...profile, version, properties: { userProperties: [] }, will }
}
