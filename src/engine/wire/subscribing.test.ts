import { describe, expect, test } from 'vitest'
import { formatReasonCode } from '@/core/reasonCode.ts'
import { CleanRoom } from './testing/cleanRoom.ts'
import { ACCEPT, type Script } from './testing/scriptedServer.ts'
import { request, until } from './testing/wireProbe.ts'

const room = new CleanRoom()

/** Grants what was asked for, except to filters that begin with a code: those get the code. */
function granting(accepting: Script = ACCEPT): Script {
  return (packet, peer) => {
    accepting(packet, peer)
    const messageId = packet.messageId ?? 0
    if (packet.cmd === 'subscribe') {
      const granted = packet.subscriptions.map(({ topic, qos }) => {
        return topic.startsWith('0x') ? Number(topic) : qos
      })
      peer.send({ cmd: 'suback', messageId, granted })
    }
    if (packet.cmd === 'unsubscribe') {
      const granted = packet.unsubscriptions.map((topic) => {
        return topic.startsWith('0x') ? Number(topic) : 0
      })
      peer.send({ cmd: 'unsuback', messageId, granted })
    }
  }
}

describe('subscribe', () => {
  test('[WR16] each filter gets its own answer, in the order of the requests', async () => {
    const { probe, peer } = await room.join(granting())
    const filters = ['b/#', '0x87', '42', '0x02', '7', '0x8F', '__proto__', 'constructor']
    const answers = await probe.wire.subscribe(
      filters.map((filter, index) => ({ filter, request: request((index % 2) as 0 | 1) })),
    )
    expect(answers).toEqual([
      { state: 'granted', qos: 0 },
      { state: 'refused', reasonCode: 0x87 },
      { state: 'granted', qos: 0 },
      { state: 'granted', qos: 2 },
      { state: 'granted', qos: 0 },
      { state: 'refused', reasonCode: 0x8f },
      { state: 'granted', qos: 0 },
      { state: 'granted', qos: 1 },
    ])
    expect(peer.all('subscribe')).toHaveLength(1)
  })

  test('[WR16] everything that MQTT 5 can ask for is asked for, one packet for each identifier', async () => {
    const { probe, peer } = await room.join(granting())
    const options = { noLocal: true, retainAsPublished: true, retainHandling: 2 } as const
    await probe.wire.subscribe([
      { filter: 'a', request: request(1) },
      { filter: 'b', request: request(2, { ...options, subscriptionIdentifier: 5 }) },
      { filter: 'c', request: request(0) },
      { filter: 'd', request: request(0, { subscriptionIdentifier: 5 }) },
      { filter: 'e', request: request(0, { subscriptionIdentifier: 268_435_455 }) },
    ])
    const plain = { nl: false, rap: false, rh: 0 }
    expect(
      peer.all('subscribe').map(({ subscriptions, properties }) => ({
        subscriptions,
        id: properties?.subscriptionIdentifier,
      })),
    ).toEqual([
      {
        subscriptions: [
          { topic: 'a', qos: 1, ...plain },
          { topic: 'c', qos: 0, ...plain },
        ],
        id: undefined,
      },
      {
        subscriptions: [
          { topic: 'b', qos: 2, nl: true, rap: true, rh: 2 },
          { topic: 'd', qos: 0, ...plain },
        ],
        id: 5,
      },
      { subscriptions: [{ topic: 'e', qos: 0, ...plain }], id: 268_435_455 },
    ])
  })

  test('[WR16] filters go out in their order, whatever their names', async () => {
    const { probe, peer } = await room.join(granting())
    const answers = await probe.wire.subscribe(
      ['b', 'resubscribe', '7', 'a'].map((filter) => ({ filter, request: request(1) })),
    )
    expect(answers).toEqual(Array(4).fill({ state: 'granted', qos: 1 }))
    expect(peer.all('subscribe')).toHaveLength(1)
    const sent = peer.all('subscribe').flatMap(({ subscriptions }) => subscriptions)
    expect(sent.map(({ topic }) => topic)).toEqual(['b', 'resubscribe', '7', 'a'])
  })

  test('[WR22] user properties go with SUBSCRIBE and UNSUBSCRIBE, in packets of their own', async () => {
    const { probe, peer } = await room.join(granting())
    const userProperties = [{ name: 'why', value: 'because' }]
    await probe.wire.subscribe([
      { filter: 'a', request: request(1, { userProperties }) },
      { filter: 'b', request: request(1) },
      { filter: 'c', request: request(1, { userProperties }) },
    ])
    const properties = { userProperties: { why: 'because' } }
    const sent = peer.all('subscribe')
    expect(sent.map(({ subscriptions }) => subscriptions.map(({ topic }) => topic))).toEqual([
      ['a', 'c'],
      ['b'],
    ])
    expect(sent[0]).toMatchObject({ properties })
    expect(sent[1]?.properties?.userProperties).toBeUndefined()
    void probe.wire.unsubscribe([{ filter: 'a', userProperties }, { filter: 'b' }])
    await until(() => peer.all('unsubscribe').length === 2)
    expect(peer.all('unsubscribe')[0]).toMatchObject({ unsubscriptions: ['a'], properties })
  })

  test('[WR16] MQTT 3.1.1 knows one refusal, and no more than filter and QoS is sent', async () => {
    const { probe, peer } = await room.join(granting(), { version: '3.1.1' })
    const all = { noLocal: true, retainHandling: 1, subscriptionIdentifier: 9 } as const
    expect(
      await probe.wire.subscribe([
        { filter: 'a', request: request(2, all) },
        { filter: '0x80', request: request(1, all) },
      ]),
    ).toEqual([
      { state: 'granted', qos: 2 },
      { state: 'refused', reasonCode: 0x80 },
    ])
    expect(peer.all('subscribe')[0]?.subscriptions).toEqual([
      { topic: 'a', qos: 2 },
      { topic: '0x80', qos: 1 },
    ])
  })

  test('[WR16] a reason string comes with the refusal', async () => {
    const { probe } = await room.join((packet, peer) => {
      ACCEPT(packet, peer)
      if (packet.cmd !== 'subscribe') return
      const properties = { reasonString: 'ask the owner' }
      peer.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0x87], properties })
    })
    expect(await probe.wire.subscribe([{ filter: 'a', request: request(0) }])).toEqual([
      { state: 'refused', reasonCode: 0x87, reasonString: 'ask the owner' },
    ])
  })

  test('[WR16] what the server has said it cannot do is refused without asking', async () => {
    const { probe, peer } = await room.join(
      granting((packet, sender) => {
        const properties = {
          wildcardSubscriptionAvailable: false,
          sharedSubscriptionAvailable: false,
          subscriptionIdentifiersAvailable: false,
          maximumPacketSize: 40,
        }
        if (packet.cmd === 'connect') sender.accept({ properties })
      }),
    )
    expect(
      await probe.wire.subscribe([
        { filter: 'a/#', request: request(0) },
        { filter: '$share/g/a', request: request(0) },
        { filter: 'a', request: request(0, { subscriptionIdentifier: 1 }) },
        { filter: 'x'.repeat(40), request: request(0) },
        { filter: 'a/#/b', request: request(0) },
        { filter: '', request: request(0) },
        { filter: 'fine', request: request(1) },
      ]),
    ).toEqual([
      ...[0xa2, 0x9e, 0xa1, 0x95, 0x8f, 0x8f].map((reasonCode) => ({
        state: 'refused',
        reasonCode,
      })),
      { state: 'granted', qos: 1 },
    ])
    expect(peer.all('subscribe')).toHaveLength(1)
  })

  test('[WR16] no packet is larger than the server takes', async () => {
    const { probe, peer } = await room.join(
      granting((packet, sender) => {
        if (packet.cmd === 'connect') sender.accept({ properties: { maximumPacketSize: 100 } })
      }),
    )
    const filters = Array.from({ length: 50 }, (_, index) => `some/filter/${index}`)
    const asked = filters.map((filter) => ({ filter, request: request(2) }))
    expect(await probe.wire.subscribe(asked)).toEqual(Array(50).fill({ state: 'granted', qos: 2 }))
    expect(await probe.wire.unsubscribe(filters.map((filter) => ({ filter })))).toEqual(
      Array(50).fill({ state: 'confirmed' }),
    )
    const packets = [...peer.all('subscribe'), ...peer.all('unsubscribe')]
    expect(packets.length).toBeLessThan(30)
    expect(packets.every((packet) => peer.encode(packet).length <= 100)).toBe(true)
  })

  test('[WR16] an answer that never comes does not hold up the next one', async () => {
    const { probe, peer } = await room.join((packet, sender) => {
      ACCEPT(packet, sender)
      if (packet.cmd !== 'subscribe' || packet.subscriptions[0]?.topic === 'lost') return
      sender.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0] })
    })
    const lost = probe.wire.subscribe([{ filter: 'lost', request: request(0) }])
    expect(await probe.wire.subscribe([{ filter: 'a', request: request(0) }])).toEqual([
      { state: 'granted', qos: 0 },
    ])
    peer.socket.terminate()
    expect(await lost).toEqual([{ state: 'unanswered' }])
  })

  test('[WR16] a SUBACK with a wrong number of codes is a protocol error', async () => {
    const { probe } = await room.join((packet, peer) => {
      ACCEPT(packet, peer)
      if (packet.cmd !== 'subscribe') return
      peer.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0, 1] })
    })
    const answer = probe.wire.subscribe([{ filter: 'a', request: request(0) }])
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
    expect(await answer).toEqual([{ state: 'unanswered' }])
  })

  test.each([
    ['3.1.1', 0x87],
    ['5.0', 0x03],
    ['5.0', 0x11],
  ] as const)(
    '[WR16] in MQTT %s a SUBACK with the code %i is a protocol error',
    async (version, code) => {
      const { probe } = await room.join(
        (packet, peer) => {
          ACCEPT(packet, peer)
          if (packet.cmd !== 'subscribe') return
          peer.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [code] })
        },
        { version },
      )
      const answer = probe.wire.subscribe([{ filter: 'a', request: request(0) }])
      expect(await probe.untilEnded()).toEqual({
        code: 'protocol-error',
        detail: `SUBACK with the code ${formatReasonCode(code)}`,
      })
      expect(await answer).toEqual([{ state: 'unanswered' }])
    },
  )

  test('[WR16] nothing asked is nothing sent', async () => {
    const { probe, peer } = await room.join(granting())
    expect(await probe.wire.subscribe([])).toEqual([])
    expect(await probe.wire.unsubscribe([])).toEqual([])
    await probe.wire.subscribe([{ filter: 'a', request: request(0) }])
    await until(() => peer.received.length === 2)
  })
})

describe('unsubscribe', () => {
  test('[WR17] each filter gets its own answer; one that did not exist is gone all the same', async () => {
    const { probe, peer } = await room.join(granting())
    expect(
      await probe.wire.unsubscribe([
        { filter: 'a' },
        { filter: '0x11' },
        { filter: '0x87' },
        { filter: '3' },
      ]),
    ).toEqual([
      { state: 'confirmed' },
      { state: 'confirmed' },
      { state: 'refused', reasonCode: 0x87 },
      { state: 'confirmed' },
    ])
    expect(peer.all('unsubscribe').map(({ unsubscriptions }) => unsubscriptions)).toEqual([
      ['a', '0x11', '0x87', '3'],
    ])
  })

  test.each(['3.1', '3.1.1'] as const)(
    '[WR17] UNSUBACK of MQTT %s has no codes',
    async (version) => {
      const { probe } = await room.join(granting(), { version })
      expect(await probe.wire.unsubscribe([{ filter: 'a' }, { filter: 'b' }])).toEqual([
        { state: 'confirmed' },
        { state: 'confirmed' },
      ])
    },
  )
})
