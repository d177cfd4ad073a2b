import type { Dissection } from '../dissect.ts'
import type { PacketField } from '../packetField.ts'
import { PROPERTIES } from '../propertyTable.ts'

type Shape = Record<string, unknown>

/** The fields that lie at the top of mqtt-packet's object, and what they are called there. */
const TOP: Readonly<Record<string, string>> = {
  DUP: 'dup',
  QoS: 'qos',
  Retain: 'retain',
  'Remaining Length': 'length',
  'Protocol Name': 'protocolId',
  'Protocol Version': 'protocolVersion',
  'Clean Start': 'clean',
  'Clean Session': 'clean',
  'Keep Alive': 'keepalive',
  'Client Identifier': 'clientId',
  'User Name': 'username',
  Password: 'password',
  'Session Present': 'sessionPresent',
  'Reason Code': 'reasonCode',
  'Return Code': 'returnCode',
  'Packet Identifier': 'messageId',
  'Topic Name': 'topic',
  Payload: 'payload',
}

const OF_WILL: Readonly<Record<string, string>> = {
  'Will Retain': 'retain',
  'Will QoS': 'qos',
  'Will Topic': 'topic',
  'Will Payload': 'payload',
}

const OF_SUBSCRIPTION: Readonly<Record<string, string>> = {
  'Topic Filter': 'topic',
  'Maximum QoS': 'qos',
  'No Local': 'nl',
  'Retain As Published': 'rap',
  'Retain Handling': 'rh',
}

/** What a dissection says, in the shape in which mqtt-packet's parser says it. Bytes are in hex. */
export function asMqttPacket({ name, fields }: Dissection, bytes: Uint8Array): Shape {
  const valueOf = (field: PacketField) => plainValue(field, bytes)
  const shape: Shape = { cmd: name.toLowerCase(), ...defaultsOf(name) }
  const isAnswer = name === 'SUBACK' || name === 'UNSUBACK'
  const codes = fields.filter(({ section, value }) => {
    return section === 'payload' && value.kind === 'reason'
  })
  if (isAnswer && (name === 'SUBACK' || codes.length > 0)) shape['granted'] = codes.map(valueOf)
  for (const field of fields) {
    const { section, name: fieldName } = field
    const top = TOP[fieldName]
    if (section === 'properties' || section === 'will properties') continue
    if (fieldName === 'Flags') Object.assign(shape, flagsOf(valueOf(field) as number))
    else if (top !== undefined && !codes.includes(field)) shape[top] = valueOf(field)
  }
  const properties = propertiesOf('properties', fields, bytes)
  if (properties) shape['properties'] = properties
  if (fields.some(({ name: flag, value }) => flag === 'Will Flag' && 'set' in value && value.set)) {
    const ofWill = propertiesOf('will properties', fields, bytes)
    shape['will'] = { ...pick(fields, OF_WILL, bytes), ...(ofWill ? { properties: ofWill } : {}) }
  }
  const filters = fields.filter((field) => field.name === 'Topic Filter')
  if (name === 'UNSUBSCRIBE') shape['unsubscriptions'] = filters.map(valueOf)
  if (name === 'SUBSCRIBE') {
    const starts = filters.map((field) => fields.indexOf(field))
    shape['subscriptions'] = starts.map((start, index) =>
      pick(fields.slice(start, starts[index + 1]), OF_SUBSCRIPTION, bytes),
    )
  }
  return shape
}

/** What is left out stands for success, and nothing for an empty payload. */
function defaultsOf(name: Dissection['name']): Shape {
  return name === 'PUBLISH' ? { payload: '' } : {}
}

/** mqtt-packet reads the flags of every packet as those of a PUBLISH. */
function flagsOf(flags: number): Shape {
  return { retain: (flags & 1) !== 0, qos: (flags >> 1) & 3, dup: (flags & 8) !== 0 }
}

function pick(fields: PacketField[], names: Record<string, string>, bytes: Uint8Array): Shape {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const name = names[field.name]
      return name === undefined ? [] : [[name, plainValue(field, bytes)]]
    }),
  )
}

function propertiesOf(
  section: PacketField['section'],
  fields: PacketField[],
  bytes: Uint8Array,
): Shape | undefined {
  const found: Shape = {}
  for (const field of fields) {
    if (field.section !== section || field.name === 'Property Length') continue
    const { value } = field
    if (value.kind === 'pair') {
      const pairs = (found['userProperties'] ??= {}) as Shape
      add(pairs, value.name, value.text)
    } else {
      add(found, propertyName(field.name), propertyValue(field, bytes))
    }
  }
  return Object.keys(found).length > 0 ? found : undefined
}

function add(to: Shape, name: string, value: unknown): void {
  const before = Object.hasOwn(to, name) ? to[name] : undefined
  const together = before === undefined ? value : [before, value].flat()
  Object.defineProperty(to, name, { value: together, enumerable: true, configurable: true })
}

/** `Maximum QoS` is `maximumQoS` there. */
function propertyName(name: string): string {
  if (name === 'Subscription Identifier Available') return 'subscriptionIdentifiersAvailable'
  const joined = name.replaceAll(' ', '')
  return joined.charAt(0).toLowerCase() + joined.slice(1)
}

/** All single bytes but one are read as truth values there. */
function propertyValue(field: PacketField, bytes: Uint8Array): unknown {
  const property = Object.values(PROPERTIES).find(({ name }) => name === field.name)
  const value = plainValue(field, bytes)
  return property?.kind === 'byte' && field.name !== 'Maximum QoS' ? value !== 0 : value
}

function plainValue({ value, end }: PacketField, bytes: Uint8Array): unknown {
  switch (value.kind) {
    case 'number':
      return value.number
    case 'flag':
      return value.set
    case 'text':
      return value.text
    case 'pair':
      return [value.name, value.text]
    case 'reason':
      return value.code
    case 'bytes':
    case 'secret':
      return hexOf(bytes.subarray(value.from, end))
  }
}

export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
