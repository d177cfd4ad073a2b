import { fileName } from '@/core/fileName.ts'
import { dissect } from '@/core/packet/dissect.ts'
import { encodeUtf8 } from '@/core/text.ts'
import { saveFile } from '@/ui/saveFile.ts'
import { describeValue } from './describeValue.ts'
import type { PacketLine, TraceLine } from './packetLines.ts'

/**
 * Saves packets as a file of JSON lines, named after `name`: each with its time, direction, type, size,
 * fields and bytes in hex. Secrets are masked in what there is of them.
 */
export function savePackets(lines: readonly TraceLine[], name: string): void {
  const packets = lines.filter((line) => line.kind === 'packet')
  const text = packets.map((line) => `${JSON.stringify(packetJson(line))}\n`).join('')
  const time = packets.at(-1)?.record.time ?? 0
  saveFile(encodeUtf8(text), fileName([name, 'packets'], time, 'ndjson'))
}

/** One packet as it is saved. */
export function packetJson({ record, roundTrip }: PacketLine): object {
  const { time, direction, version, bytes, size } = record
  const { name, fields, fault } = dissect(bytes, size, version)
  return {
    time: new Date(time).toISOString(),
    direction: direction === 'in' ? 'received' : 'sent',
    packet: name,
    mqtt: version,
    size,
    ...(roundTrip === undefined ? {} : { roundTripMs: Math.round(roundTrip * 10) / 10 }),
    fields: fields.map((field) => ({
      in: field.section,
      name: field.name,
      value: describeValue(field, { packet: name, version, bytes }),
      bytes: [field.start, field.end],
    })),
    ...(fault === undefined ? {} : { malformed: fault.detail }),
    hex: [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  }
}
