import { Buffer } from 'node:buffer'
import { generate, type Packet } from 'mqtt-packet'
import type { Direction } from '@/core/message.ts'
import { maskSecrets } from '@/core/packet/maskSecrets.ts'
import type { TraceNote, TracedPacket, TraceRecord } from '@/core/packet/packetRecord.ts'
import { PacketLines, type PacketLine, type TraceLine } from '../packetLines.ts'

/** 2023-11-14T22:13:20Z. */
const START = 1_700_000_000_000

/** A packet of MQTT 5 in a trace, one millisecond after the one before. */
export function traced(seq: number, direction: Direction, packet: Packet): TracedPacket {
  return tracedBytes(seq, direction, generate(packet, { protocolVersion: 5 }))
}

export function tracedBytes(
  seq: number,
  direction: Direction,
  all: Iterable<number>,
): TracedPacket {
  const bytes = Uint8Array.from(all)
  maskSecrets(bytes, bytes.length, '5.0')
  const time = START + seq
  return { kind: 'packet', seq, time, direction, version: '5.0', bytes, size: bytes.length }
}

export function opening(seq: number): TraceNote {
  const note = { type: 'opening', host: 'broker.test', port: 443 } as const
  return { kind: 'note', seq, time: START + seq, note }
}

export function ended(seq: number): TraceNote {
  return { kind: 'note', seq, time: START + seq, note: { type: 'ended' } }
}

export function publish(topic: string, messageId = 0, payload = ''): Packet {
  const qos = messageId === 0 ? 0 : 1
  const bytes = Buffer.from(payload)
  return { cmd: 'publish', topic, payload: bytes, qos, messageId, dup: false, retain: false }
}

/** The lines of a trace of which nothing was let go. */
export function linesOf(...records: TraceRecord[]): readonly TraceLine[] {
  const lines = new PacketLines()
  lines.update({ records, start: { messages: 0, rest: 0 }, skipped: 0, letGo: 0 }, true)
  return lines.all
}

/** The only line of one packet. */
export function lineOf(record: TracedPacket): PacketLine {
  const [line] = linesOf(record)
  if (line?.kind !== 'packet') throw new Error('It is no packet')
  return line
}
