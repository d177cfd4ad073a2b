import type { MqttVersion } from '../profile.ts'
import { formatReasonCode } from '../reasonCode.ts'
import type { Bytes } from '../units.ts'
import { isAnswerCode } from './answerCodes.ts'
import type { ControlPacket } from './controlPacket.ts'
import type { PacketField } from './packetField.ts'

/** What is wrong with a packet, and from which byte on. */
export type Fault = { at: Bytes; detail: string }

type Whole = {
  name: ControlPacket
  fields: readonly PacketField[]
  version: MqttVersion
  /** There are more fields, which were not kept. */
  isCut: boolean
}

/** The packets whose flags are 2 and not 0 (MQTT 5.0 §2.1.3). */
const WITH_FLAG: ReadonlySet<ControlPacket> = new Set(['PUBREL', 'SUBSCRIBE', 'UNSUBSCRIBE'])

const OF_PUBLISH: ReadonlySet<string> = new Set([
  'Property Length',
  'Payload Format Indicator',
  'Message Expiry Interval',
  'Topic Alias',
  'Response Topic',
  'Correlation Data',
  'User Property',
  'Subscription Identifier',
  'Content Type',
])

const REPEATED: ReadonlySet<string> = new Set(['User Property', 'Subscription Identifier'])

/**
 * The first field that can be read but must not be so: what ends a connection that receives it. Packets
 * that only the other side may send are not among them.
 */
export function brokenRule(whole: Whole): Fault | undefined {
  for (const field of whole.fields) {
    const detail = brokenBy(field, whole)
    if (detail !== undefined) return { at: field.start, detail }
  }
  return undefined
}

function brokenBy(field: PacketField, whole: Whole): string | undefined {
  const { value } = field
  if (field.section === 'properties') return brokenByProperty(field, whole)
  if (value.kind === 'number') return brokenByNumber(field.name, value.number, whole)
  if (field.name === 'Topic Name' && value.kind === 'text') return brokenByTopic(value.text, whole)
  if (value.kind === 'reason') return brokenByCode(value.code, whole)
  return undefined
}

function brokenByNumber(
  field: string,
  number: number,
  { name, fields, version }: Whole,
): string | undefined {
  switch (field) {
    case 'Control Packet type':
      return name === 'AUTH' && version !== '5.0' ? 'AUTH before MQTT 5' : undefined
    case 'Flags':
      return number === (WITH_FLAG.has(name) ? 2 : 0) ? undefined : `${name} with wrong flags`
    case 'QoS': {
      const isDuplicate = fields.some(
        (other) => other.name === 'DUP' && other.value.kind === 'flag' && other.value.set,
      )
      if (number === 0 && isDuplicate) return 'PUBLISH with DUP and QoS 0'
      return number === 3 ? 'PUBLISH with QoS 3' : undefined
    }
    case 'Packet Identifier':
      return number === 0 ? `${name} with packet identifier 0` : undefined
    default:
      return undefined
  }
}

function brokenByTopic(topic: string, { fields, version, isCut }: Whole): string | undefined {
  if (/[+#\0]/.test(topic)) return 'PUBLISH with a wildcard or U+0000 in its topic'
  const isAliased = version === '5.0' && fields.some(({ name }) => name === 'Topic Alias')
  return topic === '' && !isAliased && !isCut ? 'PUBLISH without a topic' : undefined
}

function brokenByProperty({ name: property, value, start }: PacketField, whole: Whole) {
  const { name, fields } = whole
  if (name === 'PUBLISH' && !OF_PUBLISH.has(property)) return `${property} in a PUBLISH`
  const first = fields.find((other) => other.name === property && other.section === 'properties')
  if (first?.start !== start && !REPEATED.has(property)) return `${property} twice`
  if (value.kind !== 'number') return undefined
  if (property === 'Topic Alias' && value.number === 0) return 'Topic Alias 0'
  const isIndicator = property === 'Payload Format Indicator'
  return isIndicator && value.number > 1 ? `${property} above 1` : undefined
}

function brokenByCode(code: number, { name, version }: Whole): string | undefined {
  if (name !== 'SUBACK' && name !== 'UNSUBACK') return undefined
  return isAnswerCode(name, code, version === '5.0')
    ? undefined
    : `${name} with the code ${formatReasonCode(code)}`
}
