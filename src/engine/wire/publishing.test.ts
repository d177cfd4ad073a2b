import { describe, expect, test } from 'vitest'
import type { Packet } from 'mqtt-packet'
import { NO_LIMITS } from '@/core/session.ts'
import { CleanRoom } from './testing/cleanRoom.ts'
import { ACCEPT, type Script } from './testing/scriptedServer.ts'
import { message, outcomeOf, until } from './testing/wireProbe.ts'

const room = new CleanRoom()

/** Accepts with these properties and answers nothing. */
function limited(properties: object, sessionPresent = false): Script {
  return (packet, peer) => {
    if (packet.cmd === 'connect') peer.accept({ sessionPresent, properties })
  }
}

/** Answers each packet with what `answer` makes of it. */
function answering(answer: (packet: Packet) => Packet | undefined): Script {
  return (packet, peer) => {
    if (packet.cmd === 'connect') peer.accept()
    const reply = answer(packet)
    if (reply) peer.send(reply)
  }
}

const texts = (packets: { payload: string | Buffer }[]) =>
  packets.map(({ payload }) => payload.toString())

describe('what the server allows', () => {
  test('[WR12] a message that the server does not take is not sent', async () => {
    const { probe, peer } = await room.join(
      limited({ maximumQoS: 1, retainAvailable: false, maximumPacketSize: 20 }),
    )
    const { wire } = probe
    expect(wire.publish(message('t', 'x', 2))).toEqual({
      failure: { code: 'qos-not-supported', maximum: 1 },
    })
    expect(wire.publish(message('t', 'x', 0, true))).toEqual({
      failure: { code: 'retain-not-supported' },
    })
    // 2 fixed header, 2 + 1 topic, 2 identifier, 1 properties, 13 payload.
    expect(wire.publish(message('t', '1234567890abc', 1))).toEqual({
      failure: { code: 'packet-too-large', size: 21, maximum: 20 },
    })
    expect(wire.publish(message('a/+', 'x'))).toMatchObject({ failure: { code: 'publish-failed' } })
    expect(wire.publish(message('', 'x'))).toMatchObject({ failure: { code: 'publish-failed' } })
    expect('outcome' in wire.publish(message('t', '1234567890ab', 1))).toBe(true)
    await until(() => peer.all('publish').length === 1)
  })

  test('[WR12] without a word of the server everything is allowed', async () => {
    const { probe } = await room.join(ACCEPT, { version: '3.1.1' })
    expect(probe.connects).toEqual([
      {
        sessionPresent: false,
        limits: NO_LIMITS,
      },
    ])
  })

  test('[WR20] a topic alias stands for its topic from the second message on', async () => {
    const { probe, peer } = await room.join(limited({ topicAliasMaximum: 2 }))
    const send = (topic: string, topicAlias: number) =>
      probe.wire.publish({ ...message(topic, topic), properties: { topicAlias } })
    for (const topic of ['a', 'a', 'b', 'a']) send(topic, 1)
    expect(send('a', 3)).toEqual({ failure: { code: 'topic-alias-too-large', maximum: 2 } })
    await until(() => peer.all('publish').length === 4)
    expect(peer.all('publish').map(({ topic }) => topic)).toEqual(['a', '', 'b', 'a'])
    expect(texts(peer.all('publish'))).toEqual(['a', 'a', 'b', 'a'])
  })

  test('[WR13] no more messages are on their way than the server takes, and all get there in order', async () => {
    const { probe, peer } = await room.join(limited({ receiveMaximum: 2 }))
    const outcomes = ['a', 'b', 'c', 'd', 'e'].map((text, index) =>
      outcomeOf(probe.wire.publish(message('t', text, index % 2 === 0 ? 1 : 2))),
    )
    await until(() => peer.all('publish').length === 2)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(texts(peer.all('publish'))).toEqual(['a', 'b'])
    const [a, b] = peer.all('publish')
    // PUBREC does not make room; PUBCOMP does.
    peer.send({ cmd: 'pubrec', messageId: b?.messageId ?? 0 })
    await until(() => peer.all('pubrel').length === 1)
    expect(peer.all('publish')).toHaveLength(2)
    peer.send({ cmd: 'puback', messageId: a?.messageId ?? 0 })
    await until(() => peer.all('publish').length === 3)
    peer.send({ cmd: 'pubcomp', messageId: b?.messageId ?? 0 })
    await until(() => peer.all('publish').length === 4)
    expect(texts(peer.all('publish'))).toEqual(['a', 'b', 'c', 'd'])
    probe.wire.drop()
    expect((await Promise.all(outcomes)).map(({ state }) => state)).toEqual([
      'acknowledged',
      'acknowledged',
      'unacknowledged',
      'unacknowledged',
      'unacknowledged',
    ])
  })

  test('[WR13] a message whose answer never comes does not hold up those behind it', async () => {
    const { probe } = await room.join(
      answering((packet) =>
        packet.cmd === 'publish' && packet.payload.toString() !== 'lost'
          ? { cmd: 'puback', messageId: packet.messageId ?? 0 }
          : undefined,
      ),
    )
    const lost = outcomeOf(probe.wire.publish(message('t', 'lost', 1)))
    for (let count = 0; count < 20; count += 1) {
      expect(await outcomeOf(probe.wire.publish(message('t', 'x', 1)))).toMatchObject({
        state: 'acknowledged',
      })
    }
    expect(await outcomeOf(probe.wire.publish(message('t', 'x', 0)))).toEqual({ state: 'sent' })
    probe.wire.drop()
    expect(await lost).toEqual({ state: 'unacknowledged' })
  })
})

describe('what becomes of a message', () => {
  test.each([
    [{ reasonCode: 0 }, { state: 'acknowledged', reasonCode: 0 }],
    [{ reasonCode: 0x10 }, { state: 'acknowledged', reasonCode: 0x10 }],
    [{ reasonCode: 0x97 }, { state: 'refused', reasonCode: 0x97 }],
    [
      { reasonCode: 0x87, properties: { reasonString: 'not here' } },
      { state: 'refused', reasonCode: 0x87, reasonString: 'not here' },
    ],
  ])('[WR14] PUBACK and PUBREC with %o', async (code, outcome) => {
    const { probe, peer } = await room.join(
      answering((packet) => {
        const messageId = packet.messageId ?? 0
        if (packet.cmd === 'publish') {
          return { cmd: packet.qos === 1 ? 'puback' : 'pubrec', messageId, ...code }
        }
        return packet.cmd === 'pubrel' ? { cmd: 'pubcomp', messageId } : undefined
      }),
    )
    expect(await outcomeOf(probe.wire.publish(message('t', 'x', 1)))).toEqual(outcome)
    expect(await outcomeOf(probe.wire.publish(message('t', 'x', 2)))).toEqual(outcome)
    expect(peer.all('pubrel')).toHaveLength(outcome.state === 'refused' ? 0 : 1)
    expect(probe.ends).toEqual([])
  })

  test('[WR14] PUBCOMP with an error is a refusal', async () => {
    const { probe } = await room.join(
      answering((packet) => {
        const messageId = packet.messageId ?? 0
        if (packet.cmd === 'publish') return { cmd: 'pubrec', messageId }
        if (packet.cmd !== 'pubrel') return undefined
        return { cmd: 'pubcomp', messageId, reasonCode: 0x92 }
      }),
    )
    expect(await outcomeOf(probe.wire.publish(message('t', 'x', 2)))).toEqual({
      state: 'refused',
      reasonCode: 0x92,
    })
  })

  test('[WR14] answers that nobody waits for are ignored', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    peer.send(
      { cmd: 'puback', messageId: 77 },
      { cmd: 'pubcomp', messageId: 78 },
      { cmd: 'suback', messageId: 79, granted: [0] },
      { cmd: 'unsuback', messageId: 80, granted: [0] },
    )
    expect(await outcomeOf(probe.wire.publish(message('t', 'x', 0)))).toEqual({ state: 'sent' })
    expect(probe.ends).toEqual([])
  })

  test('[WR14] payloads of any bytes and sizes arrive as they were', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    const sizes = [0, 1, 127, 128, 16_383, 70_000, 1_000_000]
    for (const size of sizes) {
      const payload = Uint8Array.from({ length: size }, (_, index) => (index * 31) & 0xff)
      await outcomeOf(probe.wire.publish({ topic: 'ü/💡', payload, qos: 0, retain: true }))
      await until(() => peer.all('publish').length === sizes.indexOf(size) + 1)
      expect(peer.all('publish').at(-1)).toMatchObject({ topic: 'ü/💡', retain: true })
      expect(Buffer.compare(peer.all('publish').at(-1)?.payload as Buffer, payload)).toBe(0)
    }
  })

  test('[WR14] five thousand messages at once of every QoS, in order, without a warning', async () => {
    const warnings: Error[] = []
    process.on('warning', (warning) => warnings.push(warning))
    const { probe, peer } = await room.join(
      answering((packet) => {
        const messageId = packet.messageId ?? 0
        if (packet.cmd === 'pubrel') return { cmd: 'pubcomp', messageId }
        if (packet.cmd !== 'publish' || packet.qos === 0) return undefined
        return { cmd: packet.qos === 1 ? 'puback' : 'pubrec', messageId }
      }),
    )
    for (const qos of [0, 1, 2] as const) {
      const before = peer.all('publish').length
      const outcomes = Array.from({ length: 5_000 }, (_, index) =>
        outcomeOf(probe.wire.publish(message('t', String(index), qos))),
      )
      const states = new Set((await Promise.all(outcomes)).map(({ state }) => state))
      expect([...states]).toEqual([qos === 0 ? 'sent' : 'acknowledged'])
      await until(() => peer.all('publish').length === before + 5_000)
      expect(texts(peer.all('publish').slice(before))).toEqual(
        Array.from({ length: 5_000 }, (_, index) => String(index)),
      )
    }
    expect(warnings).toEqual([])
  }, 30_000)
})

describe('packet identifiers of QoS 2', () => {
  test('[WR15] each is released before its first use after a resumed session', async () => {
    const { probe, peer } = await room.join(
      (packet, sender) => {
        const messageId = packet.messageId ?? 0
        if (packet.cmd === 'connect') sender.accept({ sessionPresent: true })
        if (packet.cmd === 'publish') sender.send({ cmd: 'pubrec', messageId })
        if (packet.cmd !== 'pubrel') return
        const reasonCode = sender.all('pubrel').length === 1 ? 0x92 : 0
        sender.send({ cmd: 'pubcomp', messageId, reasonCode })
      },
      { cleanSession: false },
    )
    // The first PUBCOMP answers the PUBREL in front of the message and not the message.
    for (const text of ['a', 'b']) {
      expect(await outcomeOf(probe.wire.publish(message('t', text, 2)))).toEqual({
        state: 'acknowledged',
        reasonCode: 0,
      })
    }
    expect(peer.received.slice(1).map(({ cmd, messageId }) => [cmd, messageId])).toEqual([
      ['pubrel', 1],
      ['publish', 1],
      ['pubrel', 1],
      ['publish', 1],
      ['pubrel', 1],
    ])
  })

  test('[WR15] they are not released where there is no session, or none that was resumed', async () => {
    const { probe, peer } = await room.join(limited({}), { cleanSession: false })
    void probe.wire.publish(message('t', 'a', 2))
    await until(() => peer.all('publish').length === 1)
    expect(peer.received.map(({ cmd }) => cmd)).toEqual(['connect', 'publish'])
  })

  test('[WR15] MQTT 3.1 does not say whether it was resumed, so they are', async () => {
    const changes = { version: '3.1', cleanSession: false } as const
    const { probe, peer } = await room.join(ACCEPT, changes)
    void probe.wire.publish(message('t', 'a', 2))
    await until(() => peer.all('publish').length === 1)
    expect(peer.received.map(({ cmd }) => cmd)).toEqual(['connect', 'pubrel', 'publish'])
  })

  test('[WR15] QoS 1 and subscriptions never use an identifier that QoS 2 uses', async () => {
    const { probe, peer } = await room.join(ACCEPT)
    for (let count = 0; count < 5; count += 1) {
      void probe.wire.publish(message('t', 'x', 1))
      void probe.wire.publish(message('t', 'x', 2))
      void probe.wire.unsubscribe([{ filter: 'a' }])
    }
    await until(() => peer.received.length === 16)
    const ids = (qos: number) => peer.all('publish').filter((each) => each.qos === qos)
    expect(ids(2).map(({ messageId }) => messageId)).toEqual([1, 2, 3, 4, 5])
    expect(ids(1).every(({ messageId }) => (messageId ?? 0) >= 0x8000)).toBe(true)
    expect(new Set(peer.received.slice(1).map(({ messageId }) => messageId)).size).toBe(15)
  })

  test('[WR15] those known to be held are released at once, and only once', async () => {
    const unreleased = new Set<number>()
    const first = await room.join(
      (packet, peer) => {
        const messageId = packet.messageId ?? 0
        if (packet.cmd === 'connect') peer.accept()
        if (packet.cmd === 'publish') peer.send({ cmd: 'pubrec', messageId })
        if (packet.cmd === 'pubrel' && messageId === 2) peer.send({ cmd: 'pubcomp', messageId })
      },
      { cleanSession: false },
      { unreleased },
    )
    const { wire } = first.probe
    const outcomes = ['a', 'b', 'c'].map((text) => outcomeOf(wire.publish(message('t', text, 2))))
    await until(() => first.peer.all('pubrel').length === 3 && unreleased.size === 2)
    wire.drop()
    expect((await Promise.all(outcomes)).map(({ state }) => state)).toEqual([
      'unacknowledged',
      'acknowledged',
      'unacknowledged',
    ])
    const second = await room.join(
      (packet, peer) => {
        const messageId = packet.messageId ?? 0
        if (packet.cmd === 'connect') peer.accept({ sessionPresent: true })
        if (packet.cmd === 'pubrel') peer.send({ cmd: 'pubcomp', messageId })
        if (packet.cmd === 'publish') peer.send({ cmd: 'pubrec', messageId })
      },
      { cleanSession: false },
      { unreleased },
    )
    await until(() => unreleased.size === 0)
    await outcomeOf(second.probe.wire.publish(message('t', 'd', 2)))
    expect(second.peer.received.slice(1).map(({ cmd, messageId }) => [cmd, messageId])).toEqual([
      ['pubrel', 1],
      ['pubrel', 3],
      ['publish', 1],
      ['pubrel', 1],
    ])
    const third = await room.join(
      limited({}),
      { cleanSession: false },
      { unreleased: new Set([5]) },
    )
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(third.peer.received).toHaveLength(1)
  })

  test('[WR15] a PUBREC for a message from before is answered with PUBREL', async () => {
    const { peer } = await room.join(ACCEPT)
    peer.send({ cmd: 'pubrec', messageId: 9 })
    await until(() => peer.received.length === 2)
    expect(peer.received[1]).toMatchObject({ cmd: 'pubrel', messageId: 9 })
  })
})
