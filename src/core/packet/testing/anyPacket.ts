import fc from 'fast-check'
import { propertiesOf } from './anyProperties.ts'
import { binary, filter, packetId, qos, some, text, topic } from './anyValue.ts'
import { write, type Level, type WrittenPacket } from './writtenPacket.ts'

const level = fc.constantFrom<Level>(3, 4, 5)

const will = fc.record(
  {
    topic,
    payload: binary,
    qos,
    retain: fc.boolean(),
    properties: propertiesOf('will'),
  },
  { requiredKeys: ['topic', 'payload'] },
)

const connect = fc
  .record({
    clientId: text,
    clean: fc.boolean(),
    keepalive: fc.nat(65_535),
    credentials: some({ username: text, password: binary }),
    rest: some({ will, properties: propertiesOf('connect') }),
  })
  .map(({ clientId, clean, keepalive, credentials, rest }) => {
    // A password needs a user name before MQTT 5, and mqtt-packet asks for one in all versions.
    const known = credentials.password ? { username: 'someone', ...credentials } : credentials
    return { cmd: 'connect', clientId: `c${clientId}`, clean, keepalive, ...known, ...rest }
  })

const connack = fc
  .record({ sessionPresent: fc.boolean(), code: fc.constantFrom(0, 1, 5, 0x80, 0x87) })
  .chain(({ sessionPresent, code }) =>
    some({ properties: propertiesOf('connack') }).map((rest) => {
      return { cmd: 'connack', sessionPresent, returnCode: code, reasonCode: code, ...rest }
    }),
  )

const publish = fc
  .record(
    {
      cmd: fc.constant('publish'),
      topic,
      payload: binary,
      qos,
      retain: fc.boolean(),
      again: fc.boolean(),
      messageId: packetId,
      properties: propertiesOf('publish'),
    },
    { requiredKeys: ['cmd', 'topic', 'payload', 'qos', 'retain', 'again', 'messageId'] },
  )
  .map(({ again, ...packet }) => ({ ...packet, dup: again && packet.qos > 0 }))

/** MQTT 5 lets an alias stand for the topic. */
const publishByAlias = fc
  .tuple(publish, fc.integer({ min: 1, max: 65_535 }))
  .map(([packet, topicAlias]) => ({
    ...packet,
    topic: '',
    properties: { ...packet.properties, topicAlias },
  }))

/** Packets of a packet identifier and a reason. */
function acknowledgement(cmds: string[], codes: number[]) {
  return fc.record(
    {
      cmd: fc.constantFrom(...cmds),
      messageId: packetId,
      reasonCode: fc.constantFrom(...codes),
      properties: propertiesOf('reason'),
    },
    { requiredKeys: ['cmd', 'messageId', 'reasonCode'] },
  )
}

const subscription = fc.record({
  topic: filter,
  qos,
  nl: fc.boolean(),
  rap: fc.boolean(),
  rh: fc.nat(2),
})

const subscribe = fc.record(
  {
    cmd: fc.constant('subscribe'),
    messageId: packetId,
    subscriptions: fc.array(subscription, { minLength: 1, maxLength: 4 }),
    properties: propertiesOf('subscribe'),
  },
  { requiredKeys: ['cmd', 'messageId', 'subscriptions'] },
)

const unsubscribe = fc.record(
  {
    cmd: fc.constant('unsubscribe'),
    messageId: packetId,
    unsubscriptions: fc.array(filter, { minLength: 1, maxLength: 4 }),
    properties: propertiesOf('unsubscribe'),
  },
  { requiredKeys: ['cmd', 'messageId', 'unsubscriptions'] },
)

function answer(cmd: string, codes: number[]) {
  return fc.record(
    {
      cmd: fc.constant(cmd),
      messageId: packetId,
      granted: fc.array(fc.constantFrom(...codes), { minLength: 1, maxLength: 4 }),
      properties: propertiesOf('reason'),
    },
    { requiredKeys: ['cmd', 'messageId', 'granted'] },
  )
}

function reason(cmd: string, codes: number[], properties: 'disconnect' | 'auth') {
  return fc.record(
    {
      cmd: fc.constant(cmd),
      reasonCode: fc.constantFrom(...codes),
      properties: propertiesOf(properties),
    },
    { requiredKeys: ['cmd', 'reasonCode'] },
  )
}

/** The packets of every version. */
const ofAll = fc.oneof(
  connect,
  connack,
  publish,
  acknowledgement(['puback', 'pubrec'], [0, 0x10, 0x97]),
  acknowledgement(['pubrel', 'pubcomp'], [0, 0x92]),
  subscribe,
  answer('suback', [0, 1, 2, 0x80]),
  unsubscribe,
  answer('unsuback', [0, 0x11, 0x87]),
  fc.constantFrom({ cmd: 'pingreq' }, { cmd: 'pingresp' }),
  reason('disconnect', [0, 4, 0x81, 0x9c], 'disconnect'),
)

const auth = reason('auth', [0, 0x18, 0x19], 'auth')

/** Any packet of any version, from either side. */
export const anyPacket: fc.Arbitrary<WrittenPacket> = level.chain((version) =>
  (version === 5 ? fc.oneof(ofAll, ofAll, publishByAlias, auth) : ofAll).map((packet) =>
    write(packet, version),
  ),
)
