import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../../broker/node/freePort.ts'
import type { WebSocketConstructor } from './socket.ts'
import { CleanRoom } from './testing/cleanRoom.ts'
import { ACCEPT, type Script } from './testing/scriptedServer.ts'
import { profileFor, WireProbe } from './testing/wireProbe.ts'

const room = new CleanRoom()

describe('before the socket is open', () => {
  test('[WR2] an https page does not even try ws:// to another machine', async () => {
    let tried = 0
    const Never = function () {
      tried += 1
    }
    const profile = profileFor(1883, { host: 'broker.example' })
    const probe = new WireProbe(
      profile,
      { pageProtocol: 'https:' },
      Never as unknown as WebSocketConstructor,
    )
    expect(probe.ends).toEqual([])
    expect(await probe.untilEnded()).toEqual({
      code: 'mixed-content',
      url: 'ws://broker.example:1883/mqtt',
    })
    expect(tried).toBe(0)
  })

  test.each(['localhost', 'a.localhost', '127.0.0.1', '127.9.8.7', '::1', '[::1]'])(
    '[WR2] an https page may try ws:// to %s',
    async (host) => {
      const profile = profileFor(await freePort(), { host })
      const probe = new WireProbe(profile, { pageProtocol: 'https:' })
      const failure = await probe.untilEnded()
      expect(failure?.code).toBe('unreachable')
    },
  )

  test('[WR2] what the constructor of WebSocket throws is told apart', async () => {
    const thrower = (name: string) =>
      function () {
        throw Object.assign(new Error('so it says'), { name })
      } as unknown as WebSocketConstructor
    const failureOf = (name: string) =>
      new WireProbe(profileFor(4_001, { path: '/p' }), {}, thrower(name)).untilEnded()
    const url = 'ws://127.0.0.1:4001/p'
    expect(await failureOf('SecurityError')).toEqual({ code: 'mixed-content', url })
    expect(await failureOf('SyntaxError')).toEqual({ code: 'bad-url', url, detail: 'so it says' })
    expect(await failureOf('Error')).toEqual({ code: 'unexpected', detail: 'so it says' })
  })

  test('[WR2] an address that is no URL is a bad URL', async () => {
    const probe = new WireProbe(profileFor(4_001, { host: 'no host' }))
    expect(await probe.untilEnded()).toMatchObject({ code: 'bad-url' })
    const fragment = new WireProbe(profileFor(4_001, { path: '/a#b' }))
    expect(await fragment.untilEnded()).toMatchObject({ code: 'bad-url' })
  })

  test('[WR3] a closed port is unreachable, after some time', async () => {
    const port = await freePort()
    const failure = await new WireProbe(profileFor(port)).untilEnded()
    expect(failure).toMatchObject({ code: 'unreachable', url: `ws://127.0.0.1:${port}/mqtt` })
    expect((failure as { after: number }).after).toBeGreaterThanOrEqual(0)
  })

  test('[WR3] so is a server that answers 404, and one that knows no MQTT', async () => {
    const port = await room.listen(createServer((_, answer) => answer.writeHead(404).end()))
    const probe = new WireProbe(profileFor(port))
    expect(await probe.untilEnded()).toMatchObject({ code: 'unreachable' })
    const tcp = await room.listen(
      createTcpServer((socket) => socket.on('data', () => socket.destroy())),
    )
    const other = new WireProbe(profileFor(tcp))
    expect(await other.untilEnded()).toMatchObject({ code: 'unreachable' })
  })

  test('[WR3] a server that does not answer the upgrade is an open time-out', async () => {
    const port = await room.listen(createTcpServer())
    const probe = new WireProbe(profileFor(port, { connectTimeout: 0.2 }))
    expect(await probe.untilEnded()).toEqual({
      code: 'open-timeout',
      url: `ws://127.0.0.1:${port}/mqtt`,
      timeout: 0.2,
    })
  })

  test('[WR8] close and drop while it opens end it at once', async () => {
    const port = await room.listen(createTcpServer())
    const closed = new WireProbe(profileFor(port))
    closed.wire.close()
    expect(await closed.untilEnded(50)).toBeUndefined()
    const dropped = new WireProbe(profileFor(port))
    dropped.wire.drop()
    expect(await dropped.untilEnded(50)).toEqual({ code: 'dropped' })
  })
})

describe('before the CONNACK', () => {
  test('[WR4] the subprotocol is mqtt, and mqttv3.1 for MQTT 3.1', async () => {
    const server = await room.serve(ACCEPT)
    for (const version of ['3.1', '3.1.1', '5.0'] as const) {
      await new WireProbe(profileFor(server.port, { version })).untilConnected()
    }
    const protocols = server.peers.map(({ socket }) => socket.protocol)
    expect(protocols).toEqual(['mqttv3.1', 'mqtt', 'mqtt'])
  })

  test('[WR4] no CONNACK is a CONNACK time-out', async () => {
    const { probe } = await room.meet(() => undefined, { connectTimeout: 0.3 })
    expect(await probe.untilEnded()).toMatchObject({ code: 'connack-timeout', timeout: 0.3 })
  })

  test('[WR4] a close instead of a CONNACK brings its code and reason', async () => {
    const { probe } = await room.meet((_, peer) => peer.socket.close(1008, 'go away'))
    expect(await probe.untilEnded()).toMatchObject({
      code: 'closed-before-connack',
      closeCode: 1008,
      closeReason: 'go away',
    })
  })

  test('[WR4] a reset instead of a CONNACK is a close with code 1006', async () => {
    const { probe } = await room.meet((_, peer) => peer.socket.terminate())
    expect(await probe.untilEnded()).toMatchObject({
      code: 'closed-before-connack',
      closeCode: 1006,
    })
  })

  test.each([
    ['3.1', { returnCode: 5 }, { reasonCode: 5 }],
    ['3.1.1', { returnCode: 2 }, { reasonCode: 2 }],
    ['5.0', { reasonCode: 0x87 }, { reasonCode: 0x87 }],
    [
      '5.0',
      { reasonCode: 0x86, properties: { reasonString: 'no such user' } },
      { reasonCode: 0x86, reasonString: 'no such user' },
    ],
  ] as const)('[WR4] MQTT %s refused with %o', async (version, connack, expected) => {
    const { probe } = await room.meet((_, peer) => peer.accept(connack), { version })
    expect(await probe.untilEnded()).toEqual({ code: 'refused', version, ...expected })
    expect(probe.connects).toEqual([])
  })

  test('[WR4] a refusal in the CONNACK of MQTT 3 is understood by MQTT 5', async () => {
    const { probe } = await room.meet((_, peer) => peer.bytes(0x20, 2, 0, 1))
    expect(await probe.untilEnded()).toEqual({ code: 'refused', version: '5.0', reasonCode: 1 })
  })

  test('[WR4] [AU8] an exchange of a method that MQTab does not know cannot be had', async () => {
    const profile = { properties: { userProperties: [], authenticationMethod: 'GS2-KRB5' } }
    const auth: Script = (_, peer) =>
      peer.send({
        cmd: 'auth',
        reasonCode: 0x18,
        properties: { authenticationMethod: 'GS2-KRB5' },
      })
    const { probe } = await room.meet(auth, profile)
    expect(await probe.untilEnded()).toEqual({ code: 'auth-exchange', method: 'GS2-KRB5' })
  })

  test('[WR12] what the CONNACK says of the server is told with it', async () => {
    const { probe } = await room.join((_, peer) =>
      peer.accept({
        sessionPresent: true,
        properties: {
          assignedClientIdentifier: 'given',
          maximumQoS: 1,
          retainAvailable: false,
          wildcardSubscriptionAvailable: false,
          sharedSubscriptionAvailable: false,
          subscriptionIdentifiersAvailable: false,
          maximumPacketSize: 5_000,
          serverKeepAlive: 90,
          topicAliasMaximum: 10,
          receiveMaximum: 20,
          sessionExpiryInterval: 60,
          responseInformation: 'answers/',
          serverReference: 'other:8084',
          userProperties: { a: ['1', '2'] },
        },
      }),
    )
    expect(probe.connects).toEqual([
      {
        sessionPresent: true,
        limits: {
          topicAliasMaximum: 10,
          receiveMaximum: 20,
          sessionExpiryInterval: 60,
          responseInformation: 'answers/',
          serverReference: 'other:8084',
          userProperties: [
            { name: 'a', value: '1' },
            { name: 'a', value: '2' },
          ],
          maximumQoS: 1,
          retainAvailable: false,
          wildcardAvailable: false,
          sharedAvailable: false,
          subscriptionIdentifiersAvailable: false,
          maximumPacketSize: 5_000,
          serverKeepAlive: 90,
          assignedClientId: 'given',
        },
      },
    ])
  })

  test('[WR8] close before the CONNACK sends DISCONNECT all the same', async () => {
    const { probe, peer } = await room.meet(() => undefined)
    probe.wire.close()
    expect(await probe.untilEnded()).toBeUndefined()
    expect(peer.received.map(({ cmd }) => cmd)).toEqual(['connect', 'disconnect'])
  })
})
