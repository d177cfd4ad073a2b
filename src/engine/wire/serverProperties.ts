import type { UserProperty } from '@/core/message.ts'
import { PROPERTIES, type Property } from '@/core/packet/propertyTable.ts'
import { readVariableInteger } from '@/core/packet/variableInteger.ts'

/**
 * The MQTT 5 properties that a server sends about itself or about a refusal, in CONNACK and
 * DISCONNECT (MQTT 5.0 §2.2.2.2). Those of PUBLISH are the concern of `core`.
 */
export type ServerProperties = {
  sessionExpiryInterval?: number
  authenticationMethod?: string
  responseInformation?: string
  serverReference?: string
  topicAliasMaximum?: number
  userProperties?: UserProperty[]
  reasonString?: string
  assignedClientId?: string
  serverKeepAlive?: number
  receiveMaximum?: number
  maximumQoS?: number
  retainAvailable?: number
  maximumPacketSize?: number
  wildcardAvailable?: number
  subscriptionIdentifiersAvailable?: number
  sharedAvailable?: number
}

/** All that is read: also what belongs to an authentication exchange and to nobody else. */
export type ReadProperties = ServerProperties & { authenticationData?: Uint8Array }

/** No property of these packets is a Variable Byte Integer. */
type Kind = Exclude<Property['kind'], 'variableInteger'>

/** The properties that are legal in CONNACK, AUTH or DISCONNECT, as they are called here. */
const NAMES: Readonly<Record<number, keyof ReadProperties>> = {
  0x11: 'sessionExpiryInterval',
  0x12: 'assignedClientId',
  0x13: 'serverKeepAlive',
  0x15: 'authenticationMethod',
  0x16: 'authenticationData',
  0x1a: 'responseInformation',
  0x1c: 'serverReference',
  0x1f: 'reasonString',
  0x21: 'receiveMaximum',
  0x22: 'topicAliasMaximum',
  0x24: 'maximumQoS',
  0x25: 'retainAvailable',
  0x26: 'userProperties',
  0x27: 'maximumPacketSize',
  0x28: 'wildcardAvailable',
  0x29: 'subscriptionIdentifiersAvailable',
  0x2a: 'sharedAvailable',
}

/**
 * Reads properties with their length in front; bytes after them are not looked at. Nothing at all is
 * no properties. Returns undefined when they are malformed or not allowed in these packets.
 */
export function readServerProperties(bytes: Uint8Array): ReadProperties | undefined {
  if (bytes.length === 0) return {}
  const length = readVariableInteger(bytes, 0)
  if (!length) return undefined
  const end = length.end + length.value
  if (end > bytes.length) return undefined
  const found: Record<string, string | number | Uint8Array> = {}
  const userProperties: UserProperty[] = []
  for (let at = length.end; at < end;) {
    const id = bytes[at] ?? 0
    const name = NAMES[id]
    const kind = PROPERTIES[id]?.kind
    if (!name || !kind || kind === 'variableInteger') return undefined
    const size = sizeOf(kind, bytes, at + 1)
    const next = at + 1 + size
    if (next > end) return undefined
    if (kind === 'pair') userProperties.push(pairOf(bytes, at + 1, next))
    else found[name] = valueOf(kind, bytes, at + 1, next)
    at = next
  }
  return userProperties.length > 0 ? { ...found, userProperties } : found
}

function sizeOf(kind: Kind, bytes: Uint8Array, at: number): number {
  switch (kind) {
    case 'byte':
      return 1
    case 'twoBytes':
      return 2
    case 'fourBytes':
      return 4
    case 'text':
    case 'binary':
      return 2 + number(bytes, at, 2)
    case 'pair': {
      const name = 2 + number(bytes, at, 2)
      return name + 2 + number(bytes, at + name, 2)
    }
  }
}

function valueOf(
  kind: Kind,
  bytes: Uint8Array,
  at: number,
  next: number,
): string | number | Uint8Array {
  if (kind === 'binary') return bytes.slice(at + 2, next)
  if (kind === 'text') return new TextDecoder().decode(bytes.subarray(at + 2, next))
  return number(bytes, at, next - at)
}

function pairOf(bytes: Uint8Array, at: number, next: number): UserProperty {
  const middle = at + 2 + number(bytes, at, 2)
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to))
  return { name: text(at + 2, middle), value: text(middle + 2, next) }
}

function number(bytes: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let i = 0; i < size; i++) value = value * 0x100 + (bytes[at + i] ?? 0)
  return value
}
