import { CONTROL_PACKETS, type ControlPacket } from '@/core/packet/controlPacket.ts'
import type { TraceLine } from './packetLines.ts'

/** The types that the list can be narrowed to. */
export const PACKET_TYPES = ['all', 'withoutPings', ...CONTROL_PACKETS.slice(1)] as const

type PacketType = 'all' | 'withoutPings' | ControlPacket

export type PacketFilter = {
  type: PacketType
  /** As typed; empty: any. */
  id: string
  /** As typed; empty: any. */
  text: string
}

export const NO_FILTER: PacketFilter = { type: 'all', id: '', text: '' }

const PINGS: ReadonlySet<ControlPacket> = new Set(['PINGREQ', 'PINGRESP'])

/** Whether what was typed for a packet identifier can be one (MQTT 5.0 §2.2.1), or is nothing. */
export function isPacketId(text: string): boolean {
  const number = text.trim()
  return number === '' || (/^\d{1,5}$/.test(number) && Number(number) > 0 && Number(number) < 65536)
}

/** The lines that pass. What happened between packets is left out as soon as anything is asked for. */
export function filterLines(
  lines: readonly TraceLine[],
  { type, id, text }: PacketFilter,
): readonly TraceLine[] {
  const words = text.trim().toLowerCase()
  const packetId = isPacketId(id) ? id.trim() : ''
  if (type === 'all' && packetId === '' && words === '') return lines
  return lines.filter((line) => {
    if (line.kind === 'note') return type === 'withoutPings' && packetId === '' && words === ''
    const { summary } = line
    return (
      passesType(type, summary.name) &&
      (packetId === '' || summary.packetId === Number(packetId)) &&
      (words === '' || summary.text.includes(words))
    )
  })
}

function passesType(type: PacketType, name: ControlPacket): boolean {
  if (type === 'withoutPings') return !PINGS.has(name)
  return type === 'all' || type === name
}
