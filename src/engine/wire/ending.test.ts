import { describe, expect, test } from 'vitest'
import { CleanRoom } from './testing/cleanRoom.ts'
import { ACCEPT } from './testing/scriptedServer.ts'
import { message, outcomeOf, profileFor, request, until, WireProbe } from './testing/wireProbe.ts'

const room = new CleanRoom()

describe('while connected', () => {
  test('[WR5] a DISCONNECT of the server brings its code and reason', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    peer.send({ cmd: 'disconnect', reasonCode: 0x8e, properties: { reasonString: 'taken over' } })
    expect(await probe.untilEnded()).toEqual({
      code: 'server-disconnect',
      reasonCode: 0x8e,
      reasonString: 'taken over',
    })
    await until(() => peer.closeCode !== undefined)
    expect(peer.all('disconnect')).toEqual([])
  })

  test('[WR5] a DISCONNECT without a code means 0', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    peer.bytes(0xe0, 0)
    expect(await probe.untilEnded()).toEqual({ code: 'server-disconnect', reasonCode: 0 })
  })

  test('[WR5] a close brings its code, its reason and whether it was clean', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    peer.socket.close(1001, 'restart')
    expect(await probe.untilEnded()).toEqual({
      code: 'connection-lost',
      closeCode: 1001,
      closeReason: 'restart',
      clean: true,
    })
  })

  test('[WR5] a reset is a lost connection that was not clean', async () => {
    const server = await room.serve(ACCEPT)
    const proxy = await room.proxy(server.port)
    const probe = await new WireProbe(profileFor(proxy.port)).untilConnected()
    proxy.reset()
    const failure = { code: 'connection-lost', closeCode: 1006, closeReason: '', clean: false }
    expect(await probe.untilEnded()).toEqual(failure)
  })

  test.each([
    ['a packet type that does not exist', [0x00, 0]],
    ['a length of five bytes', [0x30, 0xff, 0xff, 0xff, 0xff, 1]],
    ['a PUBLISH of QoS 3', [0x36, 5, 0, 1, 97, 0, 1]],
    ['a PUBLISH with a wildcard', [0x30, 4, 0, 1, 35, 0]],
    ['a PUBLISH with an unknown alias', [0x30, 6, 0, 0, 3, 0x23, 0, 9]],
    ['a PUBREL with wrong flags', [0x60, 2, 0, 1]],
    ['a second CONNACK', [0x20, 3, 0, 0, 0]],
    ['a SUBSCRIBE from the server', [0x82, 6, 0, 1, 0, 1, 97, 0]],
    ['a PINGREQ from the server', [0xc0, 0]],
    ['a cut PUBACK', [0x40, 1, 0]],
    ['AUTH that nobody asked for', [0xf0, 0]],
  ])('[WR6] %s is a protocol error, told with 0x81', async (_, bytes) => {
    const { probe, peer } = await room.join(ACCEPT)
    peer.bytes(...bytes)
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
    await until(() => peer.closeCode !== undefined)
    expect(peer.all('disconnect')).toMatchObject([{ reasonCode: 0x81 }])
  })

  test('[WR6] MQTT 3.1.1 has no way to tell a protocol error', async () => {
    const { probe, peer } = await room.join(ACCEPT, { version: '3.1.1' })
    peer.bytes(0xe0, 0)
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
    await until(() => peer.closeCode !== undefined)
    expect(peer.received).toHaveLength(1)
  })

  test('[WR6] a text message is a protocol error', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    peer.socket.send('hello')
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
  })

  test('[WR6] a packet before the CONNACK is a protocol error', async () => {
    const { probe } = await room.meet((_, peer) => peer.bytes(0x30, 4, 0, 1, 97, 0))
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
  })

  test('[WR6] a packet larger than announced is refused', async () => {
    const properties = { maximumPacketSize: 100, userProperties: [] }
    const { probe, peer } = await room.join(ACCEPT, { properties })
    expect(peer.connect.properties?.maximumPacketSize).toBe(100)
    peer.bytes(0x30, 0x80, 1, 0, 1, 97)
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
  })

  test('[WR1] messages before the end are delivered before it, and nothing comes after it', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    const publish = { cmd: 'publish', topic: 'a', payload: 'last', qos: 0 } as const
    const bytes = peer.encode(
      { ...publish, dup: false, retain: false },
      { cmd: 'disconnect', reasonCode: 0x8b },
      { ...publish, dup: false, retain: false },
    )
    peer.socket.send(bytes)
    peer.socket.send(bytes)
    await probe.untilEnded()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(probe.calls).toEqual(['connected', 'received', 'ended'])
    expect(probe.texts).toEqual(['a last'])
  })

  test('[WR8] drop closes the socket without DISCONNECT', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    probe.wire.drop()
    expect(await probe.untilEnded(50)).toEqual({ code: 'dropped' })
    await until(() => peer.closeCode !== undefined)
    expect(peer.received.map(({ cmd }) => cmd)).toEqual(['connect'])
  })

  test('[WR8] close sends what was published before, then DISCONNECT, whatever is unanswered', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    const { wire } = probe
    const outcomes = ([1, 2, 0] as const).map((qos) => wire.publish(message('t', 'x', qos)))
    const subscribed = wire.subscribe([{ filter: 'a', request: request(0) }])
    const unsubscribed = wire.unsubscribe([{ filter: 'a' }])
    wire.close()
    expect(await probe.untilEnded(500)).toBeUndefined()
    await until(() => peer.closeCode !== undefined)
    expect(peer.received.map(({ cmd }) => cmd)).toEqual([
      'connect',
      'publish',
      'publish',
      'publish',
      'subscribe',
      'unsubscribe',
      'disconnect',
    ])
    const settled = outcomes.map((result) => outcomeOf(result))
    expect((await Promise.all(settled)).map(({ state }) => state)).toEqual([
      'unacknowledged',
      'unacknowledged',
      'sent',
    ])
    expect(await subscribed).toEqual([{ state: 'unanswered' }])
    expect(await unsubscribed).toEqual([{ state: 'unanswered' }])
  })

  test('[WR8] close ends within two seconds on a link that is dead', async () => {
    const server = await room.serve(ACCEPT)
    const proxy = await room.proxy(server.port)
    const probe = await new WireProbe(profileFor(proxy.port)).untilConnected()
    proxy.setMode('stall')
    const before = performance.now()
    probe.wire.close()
    expect(await probe.untilEnded()).toBeUndefined()
    expect(performance.now() - before).toBeLessThan(4_000)
  })

  test('[WR8] close right in the listener of connected works', async () => {
    const server = await room.serve(ACCEPT)
    const probe = new WireProbe(profileFor(server.port))
    await until(() => {
      if (probe.connects.length === 0) return false
      probe.wire.close()
      return true
    })
    expect(await probe.untilEnded(500)).toBeUndefined()
    expect(server.peers[0]?.received.map(({ cmd }) => cmd)).toEqual(['connect', 'disconnect'])
  })

  test('[WR1] everything after the end is harmless', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    const { wire } = probe
    wire.drop()
    wire.drop()
    wire.close()
    wire.acknowledge([{ kind: 'puback', packetId: 1 }])
    expect(wire.publish(message('t', 'x'))).toEqual({ failure: { code: 'not-connected' } })
    expect(await wire.subscribe([{ filter: 'a', request: request(0) }])).toEqual([
      { state: 'unanswered' },
    ])
    expect(await wire.unsubscribe([{ filter: 'a' }, { filter: 'b' }])).toEqual([
      { state: 'unanswered' },
      { state: 'unanswered' },
    ])
    await until(() => peer.closeCode !== undefined)
    expect(probe.ends).toEqual([{ code: 'dropped' }])
    expect(peer.received).toHaveLength(1)
  })
})
