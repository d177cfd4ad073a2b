/** How the value of a property lies in the packet (MQTT 5.0 §1.5). */
type PropertyKind =
  | 'byte'
  | 'twoBytes'
  | 'fourBytes'
  | 'variableInteger'
  | 'text'
  | 'binary'
  | 'pair'

export type Property = {
  /** As the specification writes it. */
  name: string
  kind: PropertyKind
}

export const AUTHENTICATION_DATA = 0x16

/** All properties of MQTT 5.0 (§2.2.2.2) by their identifiers. */
export const PROPERTIES: Readonly<Record<number, Property>> = {
  0x01: { name: 'Payload Format Indicator', kind: 'byte' },
  0x02: { name: 'Message Expiry Interval', kind: 'fourBytes' },
  0x03: { name: 'Content Type', kind: 'text' },
  0x08: { name: 'Response Topic', kind: 'text' },
  0x09: { name: 'Correlation Data', kind: 'binary' },
  0x0b: { name: 'Subscription Identifier', kind: 'variableInteger' },
  0x11: { name: 'Session Expiry Interval', kind: 'fourBytes' },
  0x12: { name: 'Assigned Client Identifier', kind: 'text' },
  0x13: { name: 'Server Keep Alive', kind: 'twoBytes' },
  0x15: { name: 'Authentication Method', kind: 'text' },
  [AUTHENTICATION_DATA]: { name: 'Authentication Data', kind: 'binary' },
  0x17: { name: 'Request Problem Information', kind: 'byte' },
  0x18: { name: 'Will Delay Interval', kind: 'fourBytes' },
  0x19: { name: 'Request Response Information', kind: 'byte' },
  0x1a: { name: 'Response Information', kind: 'text' },
  0x1c: { name: 'Server Reference', kind: 'text' },
  0x1f: { name: 'Reason String', kind: 'text' },
  0x21: { name: 'Receive Maximum', kind: 'twoBytes' },
  0x22: { name: 'Topic Alias Maximum', kind: 'twoBytes' },
  0x23: { name: 'Topic Alias', kind: 'twoBytes' },
  0x24: { name: 'Maximum QoS', kind: 'byte' },
  0x25: { name: 'Retain Available', kind: 'byte' },
  0x26: { name: 'User Property', kind: 'pair' },
  0x27: { name: 'Maximum Packet Size', kind: 'fourBytes' },
  0x28: { name: 'Wildcard Subscription Available', kind: 'byte' },
  0x29: { name: 'Subscription Identifier Available', kind: 'byte' },
  0x2a: { name: 'Shared Subscription Available', kind: 'byte' },
}
