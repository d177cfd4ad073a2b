import { write, type Level } from '@/core/packet/testing/writtenPacket.ts'

/** The first packet identifiers that a wire takes for QoS 2, and those for everything else. */
const FIRST_OF_QOS_2 = 1
const FIRST_OF_OTHERS = 0x8000

const USER_PROPERTIES = { origin: ['line 1', 'line 2'], '': 'ü' }

const LIMITS = {
  sessionExpiryInterval: 60,
  receiveMaximum: 2,
  maximumQoS: 1,
  retainAvailable: false,
  maximumPacketSize: 200,
  assignedClientIdentifier: 'assigned',
  topicAliasMaximum: 3,
  reasonString: 'welcome',
  userProperties: USER_PROPERTIES,
  serverKeepAlive: 7,
}

const MESSAGE = {
  payloadFormatIndicator: true,
  messageExpiryInterval: 9,
  topicAlias: 1,
  responseTopic: 'answers',
  correlationData: 'c',
  userProperties: USER_PROPERTIES,
  subscriptionIdentifier: [1, 300],
  contentType: 'text/plain',
}

/**
 * What an honest server says to a client that subscribes to two filters, unsubscribes from one, and
 * publishes once in each QoS, in an order in which it may say it.
 */
export function serverPackets(level: Level, isTalkative: boolean): Uint8Array[] {
  const properties = isTalkative
    ? { properties: { reasonString: 'so', userProperties: USER_PROPERTIES } }
    : {}
  const code = { reasonCode: 0, returnCode: 0, ...properties }
  const limits = isTalkative ? { properties: LIMITS } : {}
  const message = { topic: 'a/b', payload: 'payload', retain: false, dup: false }
  const ofMessage = isTalkative ? { properties: MESSAGE } : {}
  const byAlias = isTalkative && level === 5 ? { topic: '' } : {}
  const packets: object[] = [
    { cmd: 'connack', sessionPresent: isTalkative, reasonCode: 0, returnCode: 0, ...limits },
    { cmd: 'pingresp' },
    { cmd: 'suback', messageId: FIRST_OF_OTHERS, granted: [1, 0], ...properties },
    { cmd: 'unsuback', messageId: FIRST_OF_OTHERS + 1, granted: [0], ...properties },
    { cmd: 'publish', qos: 0, ...message, ...ofMessage },
    { cmd: 'puback', messageId: FIRST_OF_OTHERS + 2, ...code },
    { cmd: 'pubrec', messageId: FIRST_OF_QOS_2, ...code },
    { cmd: 'publish', qos: 1, messageId: 9, ...message, ...ofMessage, ...byAlias },
    { cmd: 'pubcomp', messageId: FIRST_OF_QOS_2, ...code },
    { cmd: 'publish', qos: 2, messageId: 10, ...message, payload: '', retain: true },
    { cmd: 'pubrel', messageId: 10, ...code },
    { cmd: 'pingresp' },
  ]
  return packets.map((packet) => write(packet, level).bytes)
}

/** What is never right at any place of such a conversation, or only as its end. */
export function wrongPackets(level: Level): Uint8Array[] {
  const wrong = [
    { cmd: 'connack', sessionPresent: false, reasonCode: 0, returnCode: 0 },
    { cmd: 'connack', sessionPresent: true, reasonCode: 0x87, returnCode: 5 },
    { cmd: 'connect', clientId: 'c', clean: true, keepalive: 0 },
    { cmd: 'suback', messageId: FIRST_OF_OTHERS, granted: [0, 1, 2, 0x80, 0] },
    { cmd: 'puback', messageId: FIRST_OF_OTHERS + 2, reasonCode: 0x97 },
    { cmd: 'pubrec', messageId: FIRST_OF_QOS_2, reasonCode: 0x91 },
    { cmd: 'pubcomp', messageId: 77, reasonCode: 0x92 },
    { cmd: 'publish', topic: '#', payload: 'x', qos: 0, retain: false, dup: false },
    { cmd: 'publish', topic: '', payload: 'x', qos: 1, messageId: 0, retain: false, dup: true },
    { cmd: 'pingreq' },
    { cmd: 'disconnect', reasonCode: 0x8e, properties: { reasonString: 'taken over' } },
    ...(level === 5
      ? [{ cmd: 'auth', reasonCode: 0x18, properties: { authenticationMethod: 'M' } }]
      : []),
  ]
  return [...wrong.map((packet) => write(packet, level).bytes), ...MALFORMED]
}

const bytes = (...all: number[]) => Uint8Array.from(all)

const MALFORMED = [
  // A packet of 256 MB of which little comes, and one whose length has five bytes.
  bytes(0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1, 0x61),
  bytes(0x90, 0xff, 0xff, 0xff, 0x7f),
  bytes(0x30, 0xff, 0xff, 0xff, 0xff, 1),
  bytes(0x00, 0x00),
  bytes(0x20, 0x00),
  bytes(0x20, 0x03, 0xff, 0x00, 0x00),
  bytes(0x36, 0x05, 0, 1, 0x61, 0, 1),
  // A topic that is not UTF-8, one that ends behind its packet, and one with U+0000.
  bytes(0x30, 0x05, 0, 2, 0xc3, 0x28, 0),
  bytes(0x30, 0x04, 0xff, 0xff, 0x61, 0x62),
  bytes(0x30, 0x04, 0, 1, 0x00, 0),
  // Unknown properties, properties that are too long, and those of another packet.
  bytes(0x30, 0x06, 0, 1, 0x61, 2, 99, 0),
  bytes(0x30, 0x05, 0, 1, 0x61, 0x7f, 1),
  bytes(0x40, 0x06, 0x80, 2, 0, 2, 99, 0),
  bytes(0x20, 0x05, 0, 0, 2, 99, 0),
  bytes(0x20, 0x08, 0, 0, 5, 0x26, 0, 0xff, 0, 0),
  bytes(0x30, 0x07, 0, 1, 0x61, 3, 0x23, 0, 0),
  bytes(0xe0, 0x03, 0x8e, 0x7f, 1),
  bytes(0xf0, 0x00),
  bytes(0x60, 0x02, 0, 1),
  bytes(0xd1, 0x00),
]
