import type { Level } from '@/core/packet/testing/writtenPacket.ts'
import type { MqttVersion } from '@/core/profile.ts'
import { serverPackets, wrongPackets } from './serverPackets.ts'

/** A stream of a server, and the WebSocket messages that it comes in; a text message is none of MQTT. */
export type HostileStream = {
  version: MqttVersion
  /** How often it was spoilt; 0: it is right. */
  mutations: number
  messages: (Uint8Array | string)[]
}

const LEVELS: readonly Level[] = [3, 4, 5, 5]
const VERSIONS = { 3: '3.1', 4: '3.1.1', 5: '5.0' } as const

const right = cached((level) => [serverPackets(level, false), serverPackets(level, true)])
const wrong = cached((level) => wrongPackets(level))

/** The stream of this number, always the same. */
export function hostileStream(seed: number): HostileStream {
  const below = randomNumbers(seed)
  const level = pick(LEVELS, below)
  const mutations = below(8) === 0 ? 0 : 1 + below(4)
  let packets: Uint8Array[] = pick(right(level), below).map((packet) => packet.slice())
  for (let count = 0; count < mutations; count += 1) {
    packets = pick(MUTATIONS, below)(packets, { below, level })
  }
  const messages: (Uint8Array | string)[] = inMessages(packets, below)
  if (mutations > 0 && below(20) === 0) messages.splice(below(messages.length + 1), 0, 'text')
  return { version: VERSIONS[level], mutations, messages }
}

/** A whole number from 0 on, below the one that is given. */
type Below = (limit: number) => number
type Mutation = (packets: Uint8Array[], chance: { below: Below; level: Level }) => Uint8Array[]

const MUTATIONS: readonly Mutation[] = [
  // A bit flips.
  (packets, { below }) =>
    changeOne(packets, below, (packet) => {
      const at = below(packet.length)
      packet[at] = (packet[at] ?? 0) ^ (1 << below(8))
    }),
  // A byte is another one.
  (packets, { below }) =>
    changeOne(packets, below, (packet) => {
      packet[below(packet.length)] = pick([0, 1, 0x7f, 0x80, 0xff, below(256)], below)
    }),
  // A length is wrong: that of the packet, or one of those that follow it.
  (packets, { below }) =>
    changeOne(packets, below, (packet) => {
      packet[Math.min(packet.length - 1, 1 + below(5))] = below(256)
    }),
  // The end of a packet is missing.
  (packets, { below }) =>
    replaceOne(packets, below, (packet) => [packet.subarray(0, below(packet.length))]),
  // A packet comes twice, not at all, or at another place.
  (packets, { below }) => replaceOne(packets, below, (packet) => [packet, packet.slice()]),
  (packets, { below }) => replaceOne(packets, below, () => []),
  (packets, { below }) => {
    const [moved] = packets.splice(below(packets.length), 1)
    return moved ? insert(packets, below, moved) : packets
  },
  // There is junk in between.
  (packets, { below }) =>
    insert(
      packets,
      below,
      Uint8Array.from({ length: 1 + below(40) }, () => below(256)),
    ),
  // There is something that is wrong; twice, because there are many ways to be so.
  (packets, { below, level }) => insert(packets, below, pick(wrong(level), below).slice()),
  (packets, { below, level }) => insert(packets, below, pick(wrong(level), below).slice()),
  // Nothing more comes.
  (packets, { below }) => packets.slice(0, below(packets.length + 1)),
]

function changeOne(
  packets: Uint8Array[],
  below: Below,
  change: (packet: Uint8Array) => void,
): Uint8Array[] {
  return replaceOne(packets, below, (packet) => {
    if (packet.length > 0) change(packet)
    return [packet]
  })
}

function replaceOne(
  packets: Uint8Array[],
  below: Below,
  replace: (packet: Uint8Array) => Uint8Array[],
): Uint8Array[] {
  // The first packets are chosen more often: what is wrong behind a mistake is not looked at.
  const chosen = Math.min(below(packets.length + 1), below(packets.length + 1))
  return packets.flatMap((packet, index) => (index === chosen ? replace(packet) : [packet]))
}

function insert(packets: Uint8Array[], below: Below, packet: Uint8Array): Uint8Array[] {
  return packets.toSpliced(below(packets.length + 1), 0, packet)
}

/** Of a WebSocket message, in bytes; infinite: each packet has its own. */
const SIZES = [5, 16, 64, 100_000, Infinity]

/** Packets are joined and cut as WebSocket messages may be. */
function inMessages(packets: Uint8Array[], below: Below): Uint8Array[] {
  const size = pick(SIZES, below)
  if (size === Infinity) return packets
  const stream = new Uint8Array(packets.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const packet of packets) {
    stream.set(packet, at)
    at += packet.length
  }
  const count = Math.ceil(stream.length / size)
  return Array.from({ length: count }, (_, n) => stream.subarray(n * size, (n + 1) * size))
}

function pick<Item>(items: readonly Item[], below: Below): Item {
  return items[below(items.length)] as Item
}

/** Numbers by chance, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): Below {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

function cached<Value>(make: (level: Level) => Value): (level: Level) => Value {
  const made = new Map<Level, Value>()
  return (level) => {
    const value = made.get(level) ?? make(level)
    made.set(level, value)
    return value
  }
}
