import type { MqttVersion, Profile, Will } from '../profile.ts'
import { encodeUtf8 } from '../text.ts'
import { PacketWriter, wholePacket } from './packetWriter.ts'

/** Protocol name and level (MQTT 5.0 §3.1.2.1, 3.1.1 §3.1.2.1, 3.1 §3.1). */
const PROTOCOLS = {
  '3.1': ['MQIsdp', 3],
  '3.1.1': ['MQTT', 4],
  '5.0': ['MQTT', 5],
} as const satisfies Record<MqttVersion, [name: string, level: number]>

/** Bits of the Connect Flags (MQTT 5.0 §3.1.2.3). */
const CLEAN = 0x02
const WILL = 0x04
const WILL_RETAIN = 0x20
const PASSWORD = 0x40
const USER_NAME = 0x80

/** What a connection adds to its profile. */
export type ConnectDetails = {
  /** The profile's, or one that the broker assigned to this session before. */
  clientId: string
  /** Begins an exchange (MQTT 5.0 §4.12); the password is not sent then. */
  authenticationData?: Uint8Array | undefined
}

/**
 * A whole CONNECT (MQTT 5.0 §3.1, 3.1.1 §3.1). The profile must be one that the form accepts: nothing is
 * checked here. An empty user name, password or will topic means that there is none.
 */
export function encodeConnect(
  profile: Profile,
  { clientId, authenticationData }: ConnectDetails,
): Uint8Array {
  const { version, username, cleanSession, keepAlive, will } = profile
  const isMqtt5 = version === '5.0'
  // An exchange is there to prove that we know the password without giving it away. The user name goes
  // with it: EMQX's rules of access know the client by it, and not by the name within the exchange.
  const password = authenticationData ? '' : profile.password
  const [protocolName, protocolLevel] = PROTOCOLS[version]

  const body = new PacketWriter(256)
  body.text(protocolName)
  body.byte(protocolLevel)
  body.byte(
    (cleanSession ? CLEAN : 0) |
      willFlags(will) |
      (password === '' ? 0 : PASSWORD) |
      (username === '' ? 0 : USER_NAME),
  )
  body.twoBytes(keepAlive)
  if (isMqtt5) body.properties(connectProperties(profile, authenticationData))
  body.text(clientId)
  if (will.topic !== '') {
    if (isMqtt5) body.properties(willProperties(will))
    body.text(will.topic)
    body.text(will.payload)
  }
  if (username !== '') body.text(username)
  if (password !== '') body.text(password)
  return wholePacket(0x10, body)
}

function willFlags({ topic, qos, retain }: Will): number {
  return topic === '' ? 0 : WILL | (qos << 3) | (retain ? WILL_RETAIN : 0)
}

/** MQTT 5.0 §3.1.2.11. */
function connectProperties({ properties }: Profile, data: Uint8Array | undefined): PacketWriter {
  const writer = new PacketWriter()
  writer.numberProperty(0x11, 4, properties.sessionExpiryInterval)
  writer.numberProperty(0x21, 2, properties.receiveMaximum)
  writer.numberProperty(0x27, 4, properties.maximumPacketSize)
  writer.numberProperty(0x22, 2, properties.topicAliasMaximum)
  writer.numberProperty(0x19, 1, bit(properties.requestResponseInformation))
  writer.numberProperty(0x17, 1, bit(properties.requestProblemInformation))
  writer.userProperties(properties.userProperties)
  writer.dataProperty(0x15, properties.authenticationMethod)
  writer.dataProperty(0x16, data)
  return writer
}

/** MQTT 5.0 §3.1.3.2. */
function willProperties({ properties }: Will): PacketWriter {
  const { correlationData } = properties
  const writer = new PacketWriter()
  writer.numberProperty(0x18, 4, properties.willDelayInterval)
  writer.numberProperty(0x01, 1, bit(properties.payloadFormatIndicator))
  writer.numberProperty(0x02, 4, properties.messageExpiryInterval)
  writer.dataProperty(0x03, properties.contentType)
  writer.dataProperty(0x08, properties.responseTopic)
  writer.dataProperty(0x09, correlationData === undefined ? undefined : encodeUtf8(correlationData))
  writer.userProperties(properties.userProperties)
  return writer
}

/** A byte that is 0 or 1. */
function bit(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value)
}
