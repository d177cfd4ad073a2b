import { decodeUtf8Leniently } from '../text.ts'
import type { ControlPacket } from './controlPacket.ts'
import { dissect, type Dissection } from './dissect.ts'
import type { PacketField } from './packetField.ts'
import type { TracedPacket } from './packetRecord.ts'

/** What one line of a list says of a packet. */
export type PacketSummary = {
  name: ControlPacket
  packetId: number | undefined
  /** `QoS 1`, `DUP`, `Retain`, `Session Present` …: the flags that are set, as the specification writes them. */
  flags: string[]
  /** The topic, the filters, or the client identifier. */
  subject: string | undefined
  /** All reason codes in it: one, or one for each filter. */
  codes: number[]
  /** Everything in it that is, or may be, text, in lower case, for a search. */
  text: string
  isFaulty: boolean
}

const SUBJECTS: ReadonlySet<string> = new Set(['Topic Name', 'Topic Filter', 'Client Identifier'])

/** Reads a packet for a list. */
export function summarize({ bytes, size, version }: TracedPacket): PacketSummary {
  const dissection = dissect(bytes, size, version)
  const { name, fields, fault } = dissection
  const subjects = fields.flatMap((field) => (SUBJECTS.has(field.name) ? textOf(field) : []))
  return {
    name,
    packetId: packetIdOf(fields),
    flags: flagsOf(dissection),
    subject: subjects.length > 0 ? subjects.join(', ') : aliasOf(fields),
    codes: fields.flatMap(({ value }) => (value.kind === 'reason' ? [value.code] : [])),
    text: fields
      .flatMap((field) => searchable(field, bytes))
      .join('\n')
      .toLowerCase(),
    isFaulty: fault !== undefined,
  }
}

function packetIdOf(fields: readonly PacketField[]): number | undefined {
  const value = fields.find(({ name }) => name === 'Packet Identifier')?.value
  return value?.kind === 'number' ? value.number : undefined
}

/** A PUBLISH may name its topic by an alias alone. */
function aliasOf(fields: readonly PacketField[]): string | undefined {
  const value = fields.find(({ name }) => name === 'Topic Alias')?.value
  return value?.kind === 'number' ? `Topic Alias ${value.number}` : undefined
}

function flagsOf({ name, fields }: Dissection): string[] {
  return fields.flatMap(({ section, name: field, value }) => {
    if (section === 'payload') return []
    if (value.kind === 'flag') return value.set ? [field] : []
    const isQoS = name === 'PUBLISH' && field === 'QoS' && value.kind === 'number'
    return isQoS ? [`QoS ${value.number}`] : []
  })
}

function searchable(field: PacketField, bytes: Uint8Array): string[] {
  if (field.value.kind !== 'bytes') return textOf(field)
  return [decodeUtf8Leniently(bytes.subarray(field.value.from, field.end))]
}

function textOf({ value }: PacketField): string[] {
  if (value.kind === 'text') return value.text === '' ? [] : [value.text]
  return value.kind === 'pair' ? [value.name, value.text] : []
}
