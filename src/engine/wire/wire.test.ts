import { once } from 'node:events'
import { generate, parser, type Packet } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { newProfile, type Profile } from '@/core/profile.ts'
import { serveBroker, serveMosquitto, type Served } from './testing/servers.ts'
import { connected, message, outcomeOf, profileFor, request, until } from './testing/wireProbe.ts'

const brokers = [
  ['the embedded broker', serveBroker],
  ['mosquitto', serveMosquitto],
] as const
const versions = ['3.1', '3.1.1', '5.0'] as const

/**
 * Publishes at QoS 2 with the identifiers 1, 2, …, waits for PUBREC and breaks the connection: what a
 * client leaves behind when its PUBREL gets lost.
 */
async function publishAndVanish(profile: Profile, topic: string, texts: string[]): Promise<void> {
  const level = { '3.1': 3, '3.1.1': 4, '5.0': 5 }[profile.version]
  const socket = new WebSocket(`ws://127.0.0.1:${profile.port}/mqtt`, [
    level === 3 ? 'mqttv3.1' : 'mqtt',
  ])
  await once(socket, 'open')
  const received: Packet[] = []
  const reader = parser({ protocolVersion: level })
  reader.on('packet', (packet) => received.push(packet))
  socket.on('message', (data: Buffer) => reader.parse(data))
  const send = (packet: Packet) => socket.send(generate(packet, { protocolVersion: level }))
  send({
    cmd: 'connect',
    protocolId: level === 3 ? 'MQIsdp' : 'MQTT',
    protocolVersion: level as 4,
    clientId: profile.clientId,
    clean: false,
    keepalive: 0,
    ...(level === 5 && { properties: { sessionExpiryInterval: 300 } }),
  })
  texts.forEach((payload, index) =>
    send({
      cmd: 'publish',
      topic,
      payload,
      qos: 2,
      messageId: index + 1,
      dup: false,
      retain: false,
    }),
  )
  await until(() => received.filter(({ cmd }) => cmd === 'pubrec').length === texts.length)
  socket.terminate()
  await once(socket, 'close')
}

describe.each(brokers)('%s', (_, serve) => {
  let served: Served
  beforeAll(async () => {
    served = await serve()
  })
  afterAll(() => served.stop())

  /** A profile whose session the broker keeps. */
  function lasting(version: Profile['version']): Profile {
    const properties = { sessionExpiryInterval: 300, userProperties: [] }
    return profileFor(served.port, { version, cleanSession: false, properties })
  }

  describe.each(versions)('MQTT %s', (version) => {
    test('[WR18] messages of each QoS go around, in order', async () => {
      const probe = await connected(profileFor(served.port, { version }))
      const { wire } = probe
      const filter = `around/${version}/#`
      expect(await wire.subscribe([{ filter, request: request(2) }])).toEqual([
        { state: 'granted', qos: 2 },
      ])
      const sent: string[] = []
      for (let index = 0; index < 60; index += 1) {
        const qos = (index % 3) as 0 | 1 | 2
        sent.push(`around/${version}/${qos} ${index}`)
        const outcome = await outcomeOf(
          wire.publish(message(`around/${version}/${qos}`, String(index), qos)),
        )
        expect(outcome.state).toBe(qos === 0 ? 'sent' : 'acknowledged')
      }
      await probe.untilReceived(60)
      expect(probe.texts).toEqual(sent)
      expect(await wire.unsubscribe([{ filter }])).toEqual([{ state: 'confirmed' }])
      wire.close()
      expect(await probe.untilEnded()).toBeUndefined()
    })

    test('[WR18] a session keeps what is published while its client is away', async () => {
      const profile = lasting(version)
      const topic = `away/${version}`
      const first = await connected(profile)
      expect(first.connects[0]?.sessionPresent).toBe(false)
      await first.wire.subscribe([{ filter: topic, request: request(2) }])
      first.wire.close()
      await first.untilEnded()
      const sender = await connected(profileFor(served.port, { version }))
      for (const qos of [1, 2] as const) {
        await outcomeOf(sender.wire.publish(message(topic, `q${qos}`, qos)))
      }
      const second = await connected(profile)
      // MQTT 3.1 does not say it.
      if (version !== '3.1') expect(second.connects[0]?.sessionPresent).toBe(true)
      await second.untilReceived(2)
      expect(second.texts).toEqual([`${topic} q1`, `${topic} q2`])
      await until(() => second.released.length === 1)
      second.wire.close()
      sender.wire.close()
      await second.untilEnded()
    })

    test('[WR18] messages that were not acknowledged come again', async () => {
      const profile = lasting(version)
      const topic = `again/${version}`
      const first = await connected(profile, { acknowledging: false })
      await first.wire.subscribe([{ filter: topic, request: request(2) }])
      for (const qos of [1, 2] as const) {
        await outcomeOf(first.wire.publish(message(topic, `q${qos}`, qos)))
      }
      await first.untilReceived(2)
      first.wire.drop()
      const second = await connected(profile)
      await second.untilReceived(2)
      expect(second.texts).toEqual([`${topic} q1`, `${topic} q2`])
      expect(second.batches.flat().map(({ dup }) => dup)).toEqual([true, true])
      second.wire.close()
    })

    test('[WR18] the will comes after a drop and not after a close', async () => {
      const witness = await connected(profileFor(served.port, { version }))
      await witness.wire.subscribe([{ filter: `will/${version}/#`, request: request(1) }])
      const properties = { userProperties: [] }
      const leaving = (how: string) =>
        connected(
          profileFor(served.port, {
            version,
            will: {
              topic: `will/${version}/${how}`,
              payload: 'offline',
              qos: 1,
              retain: false,
              properties,
            },
          }),
        )
      const closing = await leaving('close')
      void closing.wire.publish(message('t', 'never acknowledged in time', 1))
      closing.wire.close()
      await closing.untilEnded()
      const dropping = await leaving('drop')
      dropping.wire.drop()
      await witness.untilReceived(1)
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(witness.texts).toEqual([`will/${version}/drop offline`])
      witness.wire.close()
    })

    test('[WR15] after a resumed session no new QoS 2 message is taken for an old one', async () => {
      const witness = await connected(profileFor(served.port, { version }))
      await witness.wire.subscribe([{ filter: `ids/${version}`, request: request(2) }])
      const profile = lasting(version)
      const topic = `ids/${version}`
      await publishAndVanish(profile, topic, ['a', 'b'])
      for (let round = 0; round < 3; round += 1) {
        const next = await connected(profile)
        const outcomes = ['c', 'd', 'e'].map((text) =>
          outcomeOf(next.wire.publish(message(topic, `${text}${round}`, 2))),
        )
        for (const outcome of await Promise.all(outcomes)) {
          expect(outcome.state).toBe('acknowledged')
        }
        next.wire.drop()
      }
      const fresh = ['c0', 'd0', 'e0', 'c1', 'd1', 'e1', 'c2', 'd2', 'e2']
      await until(() => fresh.every((text) => witness.texts.includes(`${topic} ${text}`)))
      // The old ones are let out by the first use of their identifiers, and nothing comes twice.
      expect(witness.texts.toSorted()).toEqual(
        ['a', 'b', ...fresh].map((text) => `${topic} ${text}`).toSorted(),
      )
      witness.wire.close()
    })

    test('[WR18] large payloads come back as they were', async () => {
      const probe = await connected(profileFor(served.port, { version }))
      const topic = `large/${version}`
      await probe.wire.subscribe([{ filter: topic, request: request(1) }])
      const payload = Uint8Array.from({ length: 900_000 }, (__, index) => (index * 7) & 0xff)
      await outcomeOf(probe.wire.publish({ topic, payload, qos: 1, retain: false }))
      await until(() => probe.batches.length === 1)
      expect(Buffer.compare(probe.batches[0]?.[0]?.payload ?? new Uint8Array(), payload)).toBe(0)
      probe.wire.close()
    })
  })

  test('[WR18] two thousand messages at once arrive once each, in order, acknowledged', async () => {
    const receiver = await connected(lasting('5.0'))
    await receiver.wire.subscribe([{ filter: 'many', request: request(1) }])
    const sender = await connected(profileFor(served.port))
    const sent = Array.from({ length: 2_000 }, (__, index) => `many ${index}`)
    const outcomes = sent.map((text) =>
      outcomeOf(sender.wire.publish(message('many', text.slice(5), 1))),
    )
    await Promise.all(outcomes)
    await until(() => receiver.texts.length === 2_000, 10_000)
    expect(receiver.texts).toEqual(sent)
    receiver.wire.close()
    sender.wire.close()
  }, 20_000)

  test('[WR18] everything that a profile says is in its CONNECT and pleases the broker', async () => {
    const userProperties = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
      { name: 'a', value: '3' },
    ]
    const plain = profileFor(served.port)
    const profile: Profile = {
      ...newProfile(plain.id, 'everything', plain, 0),
      username: 'ü',
      password: 'secret',
      properties: {
        sessionExpiryInterval: 10,
        receiveMaximum: 5,
        maximumPacketSize: 100_000,
        topicAliasMaximum: 7,
        requestResponseInformation: true,
        requestProblemInformation: true,
        userProperties,
      },
      will: {
        topic: 'everything/will',
        payload: 'gone 💡',
        qos: 2,
        retain: true,
        properties: {
          willDelayInterval: 0,
          payloadFormatIndicator: true,
          messageExpiryInterval: 60,
          contentType: 'text/plain',
          responseTopic: 'answer/here',
          correlationData: 'id-1',
          userProperties,
        },
      },
    }
    const probe = await connected(profile)
    const witness = await connected(profileFor(served.port))
    await witness.wire.subscribe([{ filter: 'everything/will', request: request(2) }])
    probe.wire.drop()
    await witness.untilReceived(1)
    expect(witness.texts).toEqual(['everything/will gone 💡'])
    witness.wire.publish({
      topic: 'everything/will',
      payload: new Uint8Array(),
      qos: 0,
      retain: true,
    })
    witness.wire.close()
    await witness.untilEnded()
  })
})
