import type { UserProperty } from '@/core/message.ts'
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

type Kind = 'byte' | 'twoBytes' | 'fourBytes' | 'text' | 'pair' | 'binary'

/** All properties that are legal in CONNACK, AUTH or DISCONNECT; the named ones are kept. */
const PROPERTIES: Readonly<Record<number, { kind: Kind; name?: keyof ReadProperties }>> = {
  0x11: { kind: 'fourBytes', name: 'sessionExpiryInterval' },
  0x12: { kind: 'text', name: 'assignedClientId' },
  0x13: { kind: 'twoBytes', name: 'serverKeepAlive' },
  0x15: { kind: 'text', name: 'authenticationMethod' },
  0x16: { kind: 'binary', name: 'authenticationData' },
  0x1a: { kind: 'text', name: 'responseInformation' },
  0x1c: { kind: 'text', name: 'serverReference' },
  0x1f: { kind: 'text', name: 'reasonString' },
  0x21: { kind: 'twoBytes', name: 'receiveMaximum' },
  0x22: { kind: 'twoBytes', name: 'topicAliasMaximum' },
  0x24: { kind: 'byte', name: 'maximumQoS' },
  0x25: { kind: 'byte', name: 'retainAvailable' },
  0x26: { kind: 'pair', name: 'userProperties' },
  0x27: { kind: 'fourBytes', name: 'maximumPacketSize' },
  0x28: { kind: 'byte', name: 'wildcardAvailable' },
  0x29: { kind: 'byte', name: 'subscriptionIdentifiersAvailable' },
  0x2a: { kind: 'byte', name: 'sharedAvailable' },
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
    const property = PROPERTIES[bytes[at] ?? 0]
    if (!property) return undefined
    const size = sizeOf(property.kind, bytes, at + 1)
    const next = at + 1 + size
    if (next > end) return undefined
    if (property.kind === 'pair') userProperties.push(pairOf(bytes, at + 1, next))
    else if (property.name) found[property.name] = valueOf(property.kind, bytes, at + 1, next)
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
