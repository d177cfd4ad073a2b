import fc from 'fast-check'
import mqttPacket, { type IPublishPacket, type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import type { OutgoingMessage, PublishProperties, QoS } from '../message.ts'
import { encodePublish, publishSize } from './encodePublish.ts'
import { decodePublishProperties } from './properties.ts'
import { dissect } from './dissect.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const bytes = fc.uint8Array({ maxLength: 100 })

const properties: fc.Arbitrary<PublishProperties> = fc.record(
  {
    payloadFormatIndicator: fc.constantFrom(0 as const, 1 as const),
    messageExpiryInterval: fc.nat(0xffff_ffff),
    contentType: text,
    responseTopic: text,
    correlationData: bytes,
    topicAlias: fc.integer({ min: 1, max: 0xffff }),
    userProperties: fc.array(fc.record({ name: text, value: text }), { maxLength: 5 }),
  },
  { requiredKeys: [] },
)

const message: fc.Arbitrary<OutgoingMessage> = fc.record({
  topic: text.filter((topic) => topic !== ''),
  payload: fc.oneof(
    bytes,
    fc.constantFrom(0, 120, 128, 16_383).map((size) => new Uint8Array(size).fill(7)),
  ),
  qos: fc.constantFrom<QoS>(0, 1, 2),
  retain: fc.boolean(),
  properties,
})

function parse(packet: Uint8Array, protocolVersion: number): IPublishPacket {
  const parser = mqttPacket.parser({ protocolVersion })
  const found: Packet[] = []
  parser.on('packet', (one) => found.push(one))
  parser.parse(Buffer.from(packet))
  return found[0] as IPublishPacket
}

test('[WR19] what is written is what mqtt-packet reads, in MQTT 3 and 5', () => {
  fc.assert(
    fc.property(message, fc.boolean(), fc.integer({ min: 1, max: 0xffff }), (sent, isMqtt5, id) => {
      const packet = encodePublish(sent, { packetId: id, isMqtt5 })
      const read = parse(packet, isMqtt5 ? 5 : 4)
      expect(read).toMatchObject({
        topic: sent.topic,
        qos: sent.qos,
        retain: sent.retain,
        dup: false,
      })
      expect(read.messageId).toBe(sent.qos === 0 ? undefined : id)
      // Vitest compares each byte as a value of its own, which takes seconds for so many.
      expect(Buffer.compare(read.payload as Buffer, sent.payload)).toBe(0)
      expect(packet).toHaveLength(publishSize(sent, sent.payload.length, isMqtt5))
      if (isMqtt5) expect(propertiesIn(packet)).toEqual(written(sent.properties))
    }),
  )
})

test('[WR19] user properties keep their order also where names come back', () => {
  const userProperties = ['b', 'a', 'b'].map((name, index) => ({ name, value: String(index) }))
  const sent = { topic: 't', payload: new Uint8Array(0), qos: 0, retain: false } as const
  const packet = encodePublish(
    { ...sent, properties: { userProperties } },
    { packetId: 0, isMqtt5: true },
  )
  expect(propertiesIn(packet).userProperties).toEqual(userProperties)
})

/** The properties of a PUBLISH, read by the code that reads received ones. */
function propertiesIn(packet: Uint8Array): PublishProperties {
  const { fields } = dissect(packet, packet.length, '5.0')
  const length = fields.find(({ name }) => name === 'Property Length')
  if (length?.value.kind !== 'number') throw new Error('There are no properties')
  return decodePublishProperties(packet.subarray(length.end, length.end + length.value.number))
}

/** An empty list of user properties is none. */
function written({ userProperties = [], ...rest }: PublishProperties = {}): PublishProperties {
  return userProperties.length > 0 ? { ...rest, userProperties } : rest
}
