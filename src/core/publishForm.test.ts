import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { BLANK_DRAFT, PAYLOAD_TYPES } from './draft.ts'
import { encodePayload } from './payload/encodePayload.ts'
import type { MqttVersion } from './profile.ts'
import { NO_PROPERTIES } from './propertyFields.ts'
import {
  convertPayload,
  messageOf,
  publishesSame,
  publishFieldsOf,
  refusedFields,
  type PublishFields,
} from './publishForm.ts'
import { NO_LIMITS, type ServerLimits } from './session.ts'

const blank = publishFieldsOf(BLANK_DRAFT)
const everything: ServerLimits = NO_LIMITS

function read(part: Partial<PublishFields>, version: MqttVersion = '5.0') {
  return messageOf({ ...blank, ...part }, version)
}

describe('the fields of a message', () => {
  test('[PU1] valid fields are a message with the bytes of the payload', () => {
    expect(read({ topic: 'a/b', payload: '{ "n": 1.0 }', qos: 1, retain: true })).toEqual({
      message: {
        topic: 'a/b',
        payload: new TextEncoder().encode('{ "n": 1.0 }'),
        qos: 1,
        retain: true,
      },
    })
  })

  test('[PU2] with an invalid topic or payload there is no message, and each field has its issue', () => {
    const both = read({ topic: 'a/+', payload: '{ "n": }' })
    expect(both).toMatchObject({
      issues: {
        topic: { code: 'wildcard-in-topic', wildcard: '+' },
        payload: { code: 'bad-json', line: 1, column: 8 },
      },
    })
    expect(read({ topic: '' })).toEqual({ issues: { topic: { code: 'empty' } } })
    expect(read({ topic: 'a', payload: 'f', type: 'hex' })).toMatchObject({
      issues: { payload: { code: 'odd-hex' } },
    })
  })

  test.each(PAYLOAD_TYPES)('[PU3] an empty payload is a message under every type: %s', (type) => {
    expect(read({ topic: 'a', type })).toEqual({
      message: { topic: 'a', payload: new Uint8Array(0), qos: 0, retain: false },
    })
  })

  test('[PU10] properties go with a message of MQTT 5 alone, and one that is wrong holds it back', () => {
    const properties = { ...NO_PROPERTIES, contentType: 'text/plain', topicAlias: '3' }
    expect(read({ topic: 'a', properties })).toMatchObject({
      message: { properties: { contentType: 'text/plain', topicAlias: 3 } },
    })
    expect(read({ topic: 'a', properties }, '3.1.1')).not.toHaveProperty('message.properties')
    const wrong = { ...properties, topicAlias: '0' }
    expect(read({ topic: 'a', properties: wrong })).toEqual({ issues: { properties: true } })
    expect(read({ topic: 'a', properties: wrong }, '3.1.1')).toHaveProperty('message')
    expect(publishesSame(blank, { ...blank, properties })).toBe(false)
  })

  test('[PU4] two drafts that differ only in how payloads are shown publish the same', () => {
    expect(publishesSame(BLANK_DRAFT, { ...BLANK_DRAFT, view: 'hex' } as PublishFields)).toBe(true)
    for (const part of [
      { topic: 'a' },
      { payload: '1' },
      { type: 'hex' },
      { qos: 1 },
      { retain: true },
    ]) {
      expect(publishesSame(blank, { ...blank, ...part } as PublishFields)).toBe(false)
    }
  })
})

describe('what the connected broker does not take', () => {
  test('[PU5] a QoS above its maximum and retain where it keeps nothing are said of their fields', () => {
    const limits: ServerLimits = { ...everything, maximumQoS: 1, retainAvailable: false }
    expect(refusedFields({ ...blank, qos: 2, retain: true }, 0, '5.0', limits)).toEqual({
      qos: { code: 'qos-not-supported', maximum: 1 },
      retain: { code: 'retain-not-supported' },
    })
    expect(refusedFields({ ...blank, qos: 1 }, 0, '5.0', limits)).toEqual({})
  })

  test('[PU6] a packet above its maximum is told by the size of the whole packet', () => {
    const fits = { ...everything, maximumPacketSize: 3 + 2 + 3 + 1 + 200 }
    expect(refusedFields({ ...blank, topic: 'a/é' }, 199, '5.0', fits)).toEqual({})
    expect(refusedFields({ ...blank, topic: 'a/é' }, 200, '5.0', fits)).toEqual({
      payload: { code: 'packet-too-large', size: 3 + 2 + 4 + 1 + 200, maximum: 209 },
    })
    expect(refusedFields(blank, undefined, '5.0', { ...everything, maximumPacketSize: 1 })).toEqual(
      {},
    )
  })

  test('[PU6] the size is that of the packet on the wire', () => {
    const sizes = fc.oneof(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 16_300, max: 16_500 }),
    )
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        sizes,
        fc.constantFrom(0 as const, 1 as const, 2 as const),
        fc.constantFrom('5.0' as const, '3.1.1' as const),
        (topic, length, qos, version) => {
          const packet = generate(
            {
              cmd: 'publish',
              messageId: 1,
              dup: false,
              retain: false,
              topic,
              qos,
              payload: Buffer.alloc(length),
            },
            { protocolVersion: version === '5.0' ? 5 : 4 },
          )
          const limits = { ...everything, maximumPacketSize: 0 }
          expect(refusedFields({ ...blank, topic, qos }, length, version, limits).payload).toEqual({
            code: 'packet-too-large',
            size: packet.length,
            maximum: 0,
          })
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('a payload under another type', () => {
  test('[PU7] keeps its bytes, whatever types it goes through', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(...PAYLOAD_TYPES),
        (bytes, to) => {
          const hex = Buffer.from(bytes).toString('hex')
          const converted = convertPayload(hex, 'hex', to)
          if ('issue' in converted) return
          const type = to === 'json' ? 'plaintext' : to
          const back = encodePayload(converted.text, type)
          expect('bytes' in back && Buffer.from(back.bytes).toString('hex')).toBe(hex)
        },
      ),
    )
  })

  test('[PU8] as plaintext and as JSON it is one text', () => {
    expect(convertPayload('{ not json', 'plaintext', 'json')).toEqual({ text: '{ not json' })
    expect(convertPayload('{"a":1}', 'json', 'plaintext')).toEqual({ text: '{"a":1}' })
  })

  test('[PU9] what was not valid, and bytes that are no text, have an issue and no new text', () => {
    expect(convertPayload('{', 'json', 'hex')).toMatchObject({ issue: { code: 'bad-json' } })
    expect(convertPayload('ff', 'hex', 'json')).toMatchObject({ issue: { code: 'not-utf8' } })
  })
})
