import type { MqttVersion } from '../profile.ts'
import type { Bytes } from '../units.ts'
import { brokenRule, type Fault } from './brokenRule.ts'
import { controlPacketOf, type ControlPacket } from './controlPacket.ts'
import { CutOff, FieldReader } from './fieldReader.ts'
import { MalformedPacket } from './framer.ts'
import type { PacketField } from './packetField.ts'

/** A packet taken apart. */
export type Dissection = {
  name: ControlPacket
  /** In the order in which they lie in the packet; flags of one byte share their place. */
  fields: PacketField[]
  /** How far it could be read. */
  end: Bytes
  /** What is wrong with it: with what follows the fields, or else with one of them. */
  fault?: Fault
  /** The packet goes on, but no more of it was kept. */
  isCut: boolean
}

/**
 * Takes any control packet apart, whichever side sent it, down to the last field (MQTT 5.0 §3, 3.1.1
 * §3). `bytes` may be only the beginning of a packet of `size` bytes. Never throws: what is malformed
 * is a fault of the result, and the fields before it are there.
 */
export function dissect(bytes: Uint8Array, size: Bytes, version: MqttVersion): Dissection {
  const reader = new FieldReader(bytes, size)
  const name = controlPacketOf(bytes[0] ?? 0)
  const malformed = read(reader, name, version)
  const { fields, at: end } = reader
  const isCut = bytes.length < size
  const fault =
    malformed === undefined
      ? brokenRule({ name, fields, version, isCut })
      : { at: end, detail: malformed }
  return { name, fields, end, isCut, ...(fault === undefined ? {} : { fault }) }
}

/** Reads as far as possible. Returns what was wrong there, if anything was. */
function read(reader: FieldReader, name: ControlPacket, version: MqttVersion): string | undefined {
  try {
    const flags = readFixedHeader(reader, name)
    reader.enter('variable header')
    READERS[name](reader, version === '5.0', flags)
    return reader.atEnd ? undefined : 'bytes after the last field'
  } catch (error) {
    if (error instanceof MalformedPacket) return error.message
    if (error instanceof CutOff) return undefined
    throw error
  }
}

function readFixedHeader(reader: FieldReader, name: ControlPacket): number {
  const first = reader.byte()
  reader.note('Control Packet type', 0, { kind: 'number', number: first >> 4 })
  const flags = first & 0x0f
  if (name === 'PUBLISH') {
    reader.note('DUP', 0, { kind: 'flag', set: (flags & 8) !== 0 })
    reader.note('QoS', 0, { kind: 'number', number: (flags >> 1) & 3 })
    reader.note('Retain', 0, { kind: 'flag', set: (flags & 1) !== 0 })
  } else {
    reader.note('Flags', 0, { kind: 'number', number: flags })
  }
  reader.variableInteger('Remaining Length')
  return flags
}

type Read = (reader: FieldReader, isMqtt5: boolean, flags: number) => void

const READERS: Readonly<Record<ControlPacket, Read>> = {
  Reserved: () => {
    throw new MalformedPacket('packet type 0')
  },
  CONNECT: readConnect,
  CONNACK: readConnack,
  PUBLISH: readPublish,
  PUBACK: readAcknowledgement,
  PUBREC: readAcknowledgement,
  PUBREL: readAcknowledgement,
  PUBCOMP: readAcknowledgement,
  SUBSCRIBE: readSubscribe,
  SUBACK: (reader, isMqtt5) => readAnswers(reader, isMqtt5),
  UNSUBSCRIBE: readUnsubscribe,
  UNSUBACK: (reader, isMqtt5) => readAnswers(reader, isMqtt5),
  PINGREQ: () => undefined,
  PINGRESP: () => undefined,
  DISCONNECT: readReason,
  AUTH: readReason,
}

function readConnect(reader: FieldReader): void {
  reader.text('Protocol Name')
  const level = reader.number('Protocol Version', 1)
  const start = reader.at
  const flags = reader.byte()
  const bits = (shift: number, mask: number) => (flags >> shift) & mask
  const hasWill = bits(2, 1) === 1
  reader.note('User Name Flag', start, { kind: 'flag', set: bits(7, 1) === 1 })
  reader.note('Password Flag', start, { kind: 'flag', set: bits(6, 1) === 1 })
  reader.note('Will Retain', start, { kind: 'flag', set: bits(5, 1) === 1 })
  reader.note('Will QoS', start, { kind: 'number', number: bits(3, 3) })
  reader.note('Will Flag', start, { kind: 'flag', set: hasWill })
  const clean = level === 5 ? 'Clean Start' : 'Clean Session'
  reader.note(clean, start, { kind: 'flag', set: bits(1, 1) === 1 })
  reader.number('Keep Alive', 2)
  if (level === 5) reader.properties()
  reader.enter('payload')
  reader.text('Client Identifier')
  if (hasWill) {
    if (level === 5) reader.properties('will properties')
    reader.text('Will Topic')
    reader.binary('Will Payload')
  }
  if (bits(7, 1) === 1) reader.text('User Name')
  if (bits(6, 1) === 1) reader.binary('Password', 'secret')
}

function readConnack(reader: FieldReader, isMqtt5: boolean): void {
  const start = reader.at
  const flags = reader.byte()
  reader.note('Session Present', start, { kind: 'flag', set: (flags & 1) === 1 })
  if (flags > 1) throw new MalformedPacket('CONNACK with wrong flags')
  const code = reader.reason(isMqtt5 ? 'Reason Code' : 'Return Code')
  // A server that knows no MQTT 5 refuses with a CONNACK of MQTT 3, which has no properties.
  if (!isMqtt5) return
  if (code === 0) reader.properties()
  else reader.optionalProperties()
}

function readPublish(reader: FieldReader, isMqtt5: boolean, flags: number): void {
  reader.text('Topic Name')
  if ((flags & 6) !== 0) reader.number('Packet Identifier', 2)
  if (isMqtt5) reader.properties()
  reader.enter('payload')
  if (!reader.atEnd) reader.rest('Payload')
}

/** The reason code and the properties may be left out (MQTT 5.0 §3.4.2.1). */
function readAcknowledgement(reader: FieldReader, isMqtt5: boolean): void {
  reader.number('Packet Identifier', 2)
  if (isMqtt5) readReason(reader)
}

function readReason(reader: FieldReader): void {
  if (reader.atEnd) return
  reader.reason('Reason Code')
  reader.optionalProperties()
}

function readSubscribe(reader: FieldReader, isMqtt5: boolean): void {
  reader.number('Packet Identifier', 2)
  if (isMqtt5) reader.properties()
  reader.enter('payload')
  while (!reader.atEnd) {
    reader.text('Topic Filter')
    const start = reader.at
    const options = reader.byte()
    reader.note('Maximum QoS', start, { kind: 'number', number: options & 3 })
    if (!isMqtt5) continue
    reader.note('No Local', start, { kind: 'flag', set: (options & 4) !== 0 })
    reader.note('Retain As Published', start, { kind: 'flag', set: (options & 8) !== 0 })
    reader.note('Retain Handling', start, { kind: 'number', number: (options >> 4) & 3 })
  }
}

/** A code for each filter; UNSUBACK has none before MQTT 5. */
function readAnswers(reader: FieldReader, isMqtt5: boolean): void {
  reader.number('Packet Identifier', 2)
  if (isMqtt5) reader.properties()
  reader.enter('payload')
  while (!reader.atEnd) reader.reason(isMqtt5 ? 'Reason Code' : 'Return Code')
}

function readUnsubscribe(reader: FieldReader, isMqtt5: boolean): void {
  reader.number('Packet Identifier', 2)
  if (isMqtt5) reader.properties()
  reader.enter('payload')
  while (!reader.atEnd) reader.text('Topic Filter')
}
