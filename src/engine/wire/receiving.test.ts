import { describe, expect, test } from 'vitest'
import type { Packet } from 'mqtt-packet'
import { decodePublishProperties } from '@/core/packet/properties.ts'
import { CleanRoom } from './testing/cleanRoom.ts'
import { ACCEPT, type Peer } from './testing/scriptedServer.ts'
import { until } from './testing/wireProbe.ts'

const room = new CleanRoom()
const silent = { acknowledging: false }

function publish(topic: string, qos: 0 | 1 | 2 = 0, messageId = 0): Packet {
  const payload = Buffer.from(`for ${topic}`)
  return { cmd: 'publish', topic, payload, qos, messageId, dup: false, retain: false }
}

/** Sends bytes in chunks of `size`, each in a WebSocket message of its own. */
function sendSplit(peer: Peer, bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) {
    peer.socket.send(bytes.subarray(at, at + size))
  }
}

describe('what is received', () => {
  test('[WR10] all messages of one frame come in one call, in order, with the CONNACK before them', async () => {
    const packets = Array.from({ length: 300 }, (_, i) =>
      publish(`t/${i}`, (i % 3) as 0 | 1 | 2, i),
    )
    const { probe } = await room.join(
      (packet, peer) => {
        if (packet.cmd !== 'connect') return
        peer.send({ cmd: 'connack', sessionPresent: true, reasonCode: 0 }, ...packets)
      },
      {},
      silent,
    )
    expect(probe.calls).toEqual(['connected', 'received'])
    expect(probe.texts).toEqual(packets.map((_, i) => `t/${i} for t/${i}`))
    expect(probe.batches[0]?.map(({ qos, packetId }) => [qos, packetId])).toEqual(
      packets.map((_, i) => [i % 3, i % 3 === 0 ? 0 : i]),
    )
    const now = Date.now()
    expect(probe.batches[0]?.every(({ time }) => now - time < 5_000 && time <= now)).toBe(true)
  })

  test.each([1, 2, 3, 7, 64])('[WR10] frames may end anywhere: every %i bytes', async (size) => {
    const { probe, peer } = await room.join((packet, sender) => {
      if (packet.cmd === 'connect') {
        sendSplit(
          sender,
          sender.encode({ cmd: 'connack', sessionPresent: false, reasonCode: 0 }),
          size,
        )
      }
      if (packet.cmd === 'subscribe') {
        const suback: Packet = { cmd: 'suback', messageId: packet.messageId ?? 0, granted: [1] }
        sendSplit(sender, sender.encode(publish('a'), suback, publish('b', 1, 9)), size)
      }
    })
    const request = { qos: 1, noLocal: false, retainAsPublished: false, retainHandling: 0 } as const
    expect(await probe.wire.subscribe([{ filter: '#', request }])).toEqual([
      { state: 'granted', qos: 1 },
    ])
    await probe.untilReceived(2)
    expect(probe.texts).toEqual(['a for a', 'b for b'])
    await until(() => peer.all('puback').length === 1)
  })

  test('[WR10] a topic alias is resolved, and the properties come as they were', async () => {
    const properties = { topicAliasMaximum: 5, userProperties: [] }
    const { probe, peer } = await room.join(ACCEPT, { properties })
    expect(peer.connect.properties?.topicAliasMaximum).toBe(5)
    peer.send({
      ...publish('long/topic'),
      properties: { topicAlias: 3, contentType: 'x' },
    } as Packet)
    peer.send({ ...publish(''), properties: { topicAlias: 3 } } as Packet)
    await probe.untilReceived(2)
    expect(probe.texts).toEqual(['long/topic for long/topic', 'long/topic for '])
    const raw = probe.batches[0]?.[0]?.properties ?? new Uint8Array()
    expect(decodePublishProperties(raw)).toEqual({ topicAlias: 3, contentType: 'x' })
  })

  test('[WR10] an alias above the maximum that was announced is a protocol error', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    peer.send({ ...publish('a'), properties: { topicAlias: 1 } } as Packet)
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
  })

  test('[WR11] nothing is acknowledged before `acknowledge`, and then in one frame', async () => {
    const { probe, peer } = await room.join(ACCEPT, { keepAlive: 0 }, silent)
    peer.send(publish('a', 1, 1), publish('b', 2, 2), publish('c', 1, 3))
    await probe.untilReceived(3)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(peer.received).toHaveLength(1)
    probe.wire.acknowledge([
      { kind: 'puback', packetId: 1 },
      { kind: 'pubrec', packetId: 2 },
      { kind: 'puback', packetId: 3 },
    ])
    await until(() => peer.received.length === 4)
    expect(peer.received.slice(1).map(({ cmd, messageId }) => [cmd, messageId])).toEqual([
      ['puback', 1],
      ['pubrec', 2],
      ['puback', 3],
    ])
    expect(peer.frames).toEqual([1, 3])
    peer.send({ cmd: 'pubrel', messageId: 2 })
    await until(() => probe.released.length === 1)
    expect(probe.released).toEqual([2])
    expect(peer.received).toHaveLength(4)
    probe.wire.acknowledge([{ kind: 'pubcomp', packetId: 2 }])
    await until(() => peer.received.length === 5)
    expect(peer.received[4]).toMatchObject({ cmd: 'pubcomp', messageId: 2 })
  })

  test('[WR10] duplicates are delivered like any other message', async () => {
    const { probe, peer } = await room.join(ACCEPT, {}, silent)
    const again = { ...publish('a', 2, 5), dup: true } as Packet
    peer.send(publish('a', 2, 5), again)
    await probe.untilReceived(2)
    expect(probe.batches.flat().map(({ dup }) => dup)).toEqual([false, true])
  })

  test('[WR10] PUBREL and PINGRESP are reported after the messages that came with them', async () => {
    const { probe, peer } = await room.join(ACCEPT, { keepAlive: 60 }, silent)
    await until(() => peer.all('pingreq').length === 1)
    probe.calls.length = 0
    probe.wire.ping(() => probe.calls.push('ping answered'))
    peer.send(
      { cmd: 'pingresp' },
      publish('a'),
      { cmd: 'pubrel', messageId: 7 },
      publish('b'),
      { cmd: 'pingresp' },
      publish('c'),
    )
    await until(() => probe.calls.length === 3)
    expect(probe.calls).toEqual(['received', 'released', 'ping answered'])
    expect(probe.batches[0]).toHaveLength(3)
    expect(probe.pings).toHaveLength(2)
  })

  test('[WR6] bytes at random end the connection or mean something, and nothing else', async () => {
    let seed = 7
    const random = () => (seed = (seed * 48_271) % 2_147_483_647)
    for (let round = 0; round < 40; round += 1) {
      const { probe, peer } = await room.join(ACCEPT, {
        version: (['3.1', '3.1.1', '5.0'] as const)[round % 3] ?? '5.0',
      })
      // Most of them are packets that a client knows.
      const types = [0x20, 0x30, 0x32, 0x34, 0x40, 0x50, 0x62, 0x70, 0x90, 0xb0, 0xd0, 0xe0, 0xf0]
      const bytes = Array.from({ length: 20 }, () => {
        const size = random() % 9
        const body = Array.from({ length: size }, () => random() % 12)
        return [types[random() % types.length] ?? 0, size, ...body]
      }).flat()
      peer.bytes(...bytes)
      peer.socket.close()
      await probe.untilEnded()
      expect(probe.ends).toHaveLength(1)
      expect(probe.ends[0]?.code).not.toBe('unexpected')
    }
  })
})
