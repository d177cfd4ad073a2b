import { expect, test } from 'vitest'
import { formatReasonCode, REASON_CODES, reasonOf, type ReasonAt } from './reasonCode.ts'

test.each<[ReasonAt['code'], ReasonAt['packet'], ReasonAt['version'], string, string]>([
  [0x87, 'CONNACK', '5.0', 'Not authorized', 'MQTT 5.0 §3.2.2.2'],
  [0x87, 'SUBACK', '5.0', 'Not authorized', 'MQTT 5.0 §3.9.3'],
  [0x97, 'PUBREC', '5.0', 'Quota exceeded', 'MQTT 5.0 §3.5.2.1'],
  [0x92, 'PUBCOMP', '5.0', 'Packet Identifier not found', 'MQTT 5.0 §3.7.2.1'],
  [5, 'CONNACK', '3.1.1', 'Not authorized', 'MQTT 3.1.1 §3.2.2.3'],
  [2, 'CONNACK', '3.1', 'Identifier rejected', 'MQTT 3.1 §3.2'],
  [0x80, 'SUBACK', '3.1.1', 'Failure', 'MQTT 3.1.1 §3.9.3'],
  [0x80, 'SUBACK', '3.1', 'Failure', 'MQTT 3.1.1 §3.9.3'],
])('[RC2] code %i in a %s of MQTT %s is %s (%s)', (code, packet, version, name, section) => {
  expect(reasonOf({ code, packet, version })).toEqual({ name, section })
})

test('[RC2] success has a name of its own in each packet', () => {
  const nameIn = (packet: ReasonAt['packet'], code = 0) =>
    reasonOf({ code, packet, version: '5.0' }).name
  expect(nameIn('PUBACK')).toBe('Success')
  expect(nameIn('DISCONNECT')).toBe('Normal disconnection')
  expect(nameIn('SUBACK')).toBe('Granted QoS 0')
  expect(nameIn('SUBACK', 2)).toBe('Granted QoS 2')
})

test('[RC2] a server without MQTT 5 answers a CONNECT of it with a code of MQTT 3', () => {
  const reason = { name: 'Unacceptable protocol version', section: 'MQTT 3.1.1 §3.2.2.3' }
  expect(reasonOf({ code: 1, packet: 'CONNACK', version: '5.0' })).toEqual(reason)
})

test('[RC2] a code that its packet may not carry is named as elsewhere, and one that none has is unknown', () => {
  const of = (code: number, packet: ReasonAt['packet']) =>
    reasonOf({ code, packet, version: '5.0' })
  expect(of(0x8a, 'PUBACK')).toEqual({ name: 'Banned', section: 'MQTT 5.0 §2.4' })
  expect(of(0x8c, 'DISCONNECT').section).toBe('MQTT 5.0 §2.4')
  expect(of(0xfe, 'PUBACK')).toEqual({ name: 'Unknown reason' })
})

test('[RC2] each name stands once for each code and packet', () => {
  const places = REASON_CODES.flatMap(([code, , packets]) =>
    packets.split(' ').map((packet) => `${packet} ${code}`),
  )
  expect(new Set(places).size).toBe(places.length)
})

test('[FW2] a code is written as the specification lists it', () => {
  expect(formatReasonCode(0x87)).toBe('135 (0x87)')
  expect(formatReasonCode(5)).toBe('5 (0x05)')
})
