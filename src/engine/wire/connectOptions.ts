import type { IClientOptions } from 'mqtt'
import type { UserProperty } from '@/core/message.ts'
import type { MqttVersion, Profile } from '@/core/profile.ts'

const PROTOCOLS = {
  '3.1': { protocolId: 'MQIsdp', protocolVersion: 3 },
  '3.1.1': { protocolId: 'MQTT', protocolVersion: 4 },
  '5.0': { protocolId: 'MQTT', protocolVersion: 5 },
} as const satisfies Record<MqttVersion, IClientOptions>

/** The longest delay that a browser's timer takes; longer ones fire at once. */
const NEVER = 2 ** 31 - 1

/** A timer that never fires, for the keep alive of MQTT.js: ours sends the pings (`keepAlive.ts`). */
const NO_TIMER: NonNullable<IClientOptions['timerVariant']> = {
  set: () => 0,
  clear: () => undefined,
}

/**
 * What MQTT.js needs to make one CONNECT of a profile. It shall connect once and do nothing of its
 * own accord: retries, subscriptions and time limits are ours. `clientId` may be one that the broker
 * assigned to this session before. `authenticationData` begins an exchange.
 */
export function connectOptions(
  profile: Profile,
  clientId: string,
  authenticationData?: Uint8Array,
): IClientOptions {
  const { scheme, host, port, path, version, username, password, keepAlive, cleanSession } = profile
  return {
    ...PROTOCOLS[version],
    protocol: scheme,
    hostname: host,
    port,
    path,
    clientId,
    keepalive: keepAlive,
    clean: cleanSession,
    // With an exchange as well, where it is no secret: EMQX's rules of access know the client by it, and
    // not by the name within the exchange.
    ...(username === '' ? {} : { username }),
    // The exchange is there to prove that we know the password without giving it away.
    ...(password === '' || authenticationData ? {} : { password }),
    ...(version === '5.0' ? { properties: connectProperties(profile, authenticationData) } : {}),
    ...(profile.will.topic === '' ? {} : { will: willOf(profile) }),
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    connectTimeout: NEVER,
    timerVariant: NO_TIMER,
    // Its debug output would show the user name and whole packets.
    log: () => undefined,
    // Above this MQTT.js would wait in steps of a second before it writes on.
    browserBufferSize: Infinity,
    // Outside browsers MQTT.js would replace the socket with one of its own kind.
    forceNativeWebSocket: true,
  }
}

type ConnectProperties = NonNullable<IClientOptions['properties']>
type Will = NonNullable<IClientOptions['will']>

function connectProperties({ properties }: Profile, data?: Uint8Array): ConnectProperties {
  const { userProperties, ...rest } = properties
  // The type asks for a Buffer, but any Uint8Array is written.
  return { ...rest, ...named(userProperties), ...(data && { authenticationData: data as Buffer }) }
}

function willOf({ will, version }: Profile): Will {
  const { topic, payload, qos, retain, properties } = will
  // MQTT.js wants Buffers, a Node.js type, but writes text as UTF-8 just the same.
  const plain = { topic, payload: payload as unknown as Will['payload'], qos, retain }
  if (version !== '5.0') return plain
  const { userProperties, correlationData, ...rest } = properties
  const correlation =
    correlationData === undefined ? {} : { correlationData: correlationData as unknown as Buffer }
  return { ...plain, properties: { ...rest, ...correlation, ...named(userProperties) } }
}

/** MQTT.js keeps user properties by name, so those of one name move together. Empty: none. */
function named(properties: readonly UserProperty[]): {
  userProperties?: Record<string, string[]>
} {
  if (properties.length === 0) return {}
  const values = new Map<string, string[]>()
  for (const { name, value } of properties) {
    const known = values.get(name)
    if (known) known.push(value)
    else values.set(name, [value])
  }
  return { userProperties: Object.fromEntries(values) }
}
