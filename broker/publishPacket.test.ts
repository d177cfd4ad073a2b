import { generate, parser, type Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { FrameReader, type Frame } from './frames.ts'
import { decodePublish, encodePublish, type PublishPacket } from './publishPacket.ts'

function frame(bytes: Uint8Array): Frame {
  const reader = new FrameReader(10_000)
  reader.push(bytes)
  const next = reader.next()
  if (next === undefined) throw new Error('No whole packet')
  return next
}

const full: PublishPacket = {
  cmd: 'publish',
  topic: 'größe/温度',
  payload: Uint8Array.of(0, 255, 1),
  qos: 2,
  retain: true,
  dup: true,
  messageId: 65_535,
  properties: {
    payloadFormatIndicator: 1,
    messageExpiryInterval: 4_294_967_295,
    contentType: 'text/plain',
    responseTopic: 'answers',
    correlationData: Uint8Array.of(1, 2),
    topicAlias: 65_535,
    subscriptionIdentifiers: [1, 268_435_455],
    userProperties: [
      { name: 'b', value: '1' },
      { name: 'a', value: '' },
      { name: 'b', value: '2' },
      { name: '7', value: 'x' },
    ],
  },
}

describe('the PUBLISH codec', () => {
  test('[BR21] keeps everything, and user properties in their order', () => {
    expect(decodePublish(frame(encodePublish(full, 5)), 5)).toEqual(full)
  })

  test('leaves the properties out for MQTT 3', () => {
    const bytes = encodePublish(full, 4)
    expect(decodePublish(frame(bytes), 4)).toEqual({ ...full, properties: {} })
  })

  test('writes what mqtt-packet reads', () => {
    const packets: Packet[] = []
    const reader = parser({ protocolVersion: 5 })
    reader.on('packet', (packet) => packets.push(packet))
    reader.parse(Buffer.from(encodePublish(full, 5)))
    expect(packets).toMatchObject([
      {
        topic: full.topic,
        qos: 2,
        messageId: 65_535,
        properties: { contentType: 'text/plain', subscriptionIdentifier: [1, 268_435_455] },
      },
    ])
  })

  test('reads what mqtt-packet writes', () => {
    const bytes = generate(
      {
        cmd: 'publish',
        topic: 'a',
        payload: 'x'.repeat(300),
        qos: 1,
        retain: false,
        dup: false,
        messageId: 7,
        properties: { userProperties: { n: ['1', '2'] }, messageExpiryInterval: 9 },
      },
      { protocolVersion: 5 },
    )
    expect(decodePublish(frame(bytes), 5)).toMatchObject({
      topic: 'a',
      qos: 1,
      messageId: 7,
      properties: {
        messageExpiryInterval: 9,
        userProperties: [
          { name: 'n', value: '1' },
          { name: 'n', value: '2' },
        ],
      },
    })
  })

  test.each([
    ['both QoS bits', [0x36, 5, 0, 1, 97, 0, 1]],
    ['packet identifier 0', [0x32, 6, 0, 1, 97, 0, 0, 0]],
    ['a topic that is longer than the packet', [0x30, 3, 0, 9, 97]],
    ['a topic that is not UTF-8', [0x30, 4, 0, 1, 0xff, 0]],
    ['a topic with U+0000', [0x30, 4, 0, 1, 0, 0]],
    ['properties longer than the packet', [0x30, 4, 0, 1, 97, 9]],
    ['an unknown property', [0x30, 6, 0, 1, 97, 2, 0x7f, 0]],
    ['a property of another packet', [0x30, 7, 0, 1, 97, 3, 0x21, 0, 1]],
    ['a property twice', [0x30, 8, 0, 1, 97, 4, 0x01, 0, 0x01, 0]],
    ['a payload format of 2', [0x30, 6, 0, 1, 97, 2, 0x01, 2]],
  ])('[BR2] refuses %s', (_, bytes) => {
    expect(() => decodePublish(frame(Uint8Array.from(bytes)), 5)).toThrow()
  })
})
