import fc from 'fast-check'
import mqttPacket, { type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { NORMAL_DISCONNECTION } from '../disconnect.ts'
import { encodeDisconnect } from './encodeDisconnect.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 100 })

function parse(packet: Uint8Array): Packet | undefined {
  const parser = mqttPacket.parser({ protocolVersion: 5 })
  let found: Packet | undefined
  parser.on('packet', (one) => (found = one))
  parser.parse(Buffer.from(packet))
  return found
}

test('[WR21] a DISCONNECT says what it was asked to say', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0x04, 0x80, 0x98),
      fc.option(fc.nat(0xffff_ffff), { nil: undefined }),
      fc.option(text, { nil: undefined }),
      fc.uniqueArray(fc.record({ name: text, value: text }), {
        selector: ({ name }) => name,
        maxLength: 3,
      }),
      (reasonCode, sessionExpiryInterval, reasonString, userProperties) => {
        const request = {
          reasonCode,
          ...(sessionExpiryInterval !== undefined && { sessionExpiryInterval }),
          ...(reasonString !== undefined && { reasonString }),
          userProperties,
        }
        const { userProperties: read, ...properties } = Object(
          (parse(encodeDisconnect(request, true)) as { properties?: object }).properties,
        ) as { userProperties?: Record<string, string> }
        expect(parse(encodeDisconnect(request, true))).toMatchObject({
          cmd: 'disconnect',
          reasonCode,
        })
        expect(properties).toEqual({
          ...(sessionExpiryInterval !== undefined && { sessionExpiryInterval }),
          ...(reasonString !== undefined && { reasonString }),
        })
        expect(Object.entries({ ...read })).toHaveLength(userProperties.length)
      },
    ),
  )
})

test('[WR21] the plain end is two bytes, and all that MQTT 3 can say', () => {
  expect(encodeDisconnect(NORMAL_DISCONNECTION, true)).toEqual(Uint8Array.of(0xe0, 0))
  expect(encodeDisconnect({ reasonCode: 4, userProperties: [] }, false)).toEqual(
    Uint8Array.of(0xe0, 0),
  )
})
