/**
 * Who may send each packet of MQTT 5.0 that has properties (§2.1.2); `Will` stands for those of a will, in
 * CONNECT (§3.1.3.2).
 */
export const SENDERS = {
  CONNECT: 'client',
  Will: 'client',
  CONNACK: 'server',
  PUBLISH: 'both',
  PUBACK: 'both',
  PUBREC: 'both',
  PUBREL: 'both',
  PUBCOMP: 'both',
  SUBSCRIBE: 'client',
  SUBACK: 'server',
  UNSUBSCRIBE: 'client',
  UNSUBACK: 'server',
  DISCONNECT: 'both',
  AUTH: 'both',
} as const

/** The codes that only a server may send in a packet that both may send (§3.4.2.1, §3.14.2.1, §3.15.2.1). */
export const SERVER_CODES: Readonly<Record<string, readonly number[]>> = {
  PUBACK: [0x10],
  PUBREC: [0x10],
  DISCONNECT: [
    ...[0x87, 0x89, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f],
    ...[0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2],
  ],
  AUTH: [0x00],
}

/** Properties that only a server may send in a packet that both may send (§3.3.4, §3.14.2.2.5). */
export const SERVER_PROPERTIES = ['0x0B PUBLISH', '0x1C DISCONNECT']

/** Table 2-4 of MQTT 5.0 (§2.2.2.2): identifier, name, type, and the packets that may carry it. */
export const PROPERTIES: readonly (readonly [
  id: number,
  name: string,
  type: string,
  packets: string,
])[] = [
  [0x01, 'Payload Format Indicator', 'Byte', 'PUBLISH Will'],
  [0x02, 'Message Expiry Interval', 'Four Byte Integer', 'PUBLISH Will'],
  [0x03, 'Content Type', 'UTF-8 Encoded String', 'PUBLISH Will'],
  [0x08, 'Response Topic', 'UTF-8 Encoded String', 'PUBLISH Will'],
  [0x09, 'Correlation Data', 'Binary Data', 'PUBLISH Will'],
  [0x0b, 'Subscription Identifier', 'Variable Byte Integer', 'PUBLISH SUBSCRIBE'],
  [0x11, 'Session Expiry Interval', 'Four Byte Integer', 'CONNECT CONNACK DISCONNECT'],
  [0x12, 'Assigned Client Identifier', 'UTF-8 Encoded String', 'CONNACK'],
  [0x13, 'Server Keep Alive', 'Two Byte Integer', 'CONNACK'],
  [0x15, 'Authentication Method', 'UTF-8 Encoded String', 'CONNECT CONNACK AUTH'],
  [0x16, 'Authentication Data', 'Binary Data', 'CONNECT CONNACK AUTH'],
  [0x17, 'Request Problem Information', 'Byte', 'CONNECT'],
  [0x18, 'Will Delay Interval', 'Four Byte Integer', 'Will'],
  [0x19, 'Request Response Information', 'Byte', 'CONNECT'],
  [0x1a, 'Response Information', 'UTF-8 Encoded String', 'CONNACK'],
  [0x1c, 'Server Reference', 'UTF-8 Encoded String', 'CONNACK DISCONNECT'],
  [
    0x1f,
    'Reason String',
    'UTF-8 Encoded String',
    'CONNACK PUBACK PUBREC PUBREL PUBCOMP SUBACK UNSUBACK DISCONNECT AUTH',
  ],
  [0x21, 'Receive Maximum', 'Two Byte Integer', 'CONNECT CONNACK'],
  [0x22, 'Topic Alias Maximum', 'Two Byte Integer', 'CONNECT CONNACK'],
  [0x23, 'Topic Alias', 'Two Byte Integer', 'PUBLISH'],
  [0x24, 'Maximum QoS', 'Byte', 'CONNACK'],
  [0x25, 'Retain Available', 'Byte', 'CONNACK'],
  [
    0x26,
    'User Property',
    'UTF-8 String Pair',
    'CONNECT Will CONNACK PUBLISH PUBACK PUBREC PUBREL PUBCOMP SUBSCRIBE SUBACK UNSUBSCRIBE UNSUBACK DISCONNECT AUTH',
  ],
  [0x27, 'Maximum Packet Size', 'Four Byte Integer', 'CONNECT CONNACK'],
  [0x28, 'Wildcard Subscription Available', 'Byte', 'CONNACK'],
  [0x29, 'Subscription Identifier Available', 'Byte', 'CONNACK'],
  [0x2a, 'Shared Subscription Available', 'Byte', 'CONNACK'],
]
