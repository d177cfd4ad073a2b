import { expect, test } from 'vitest'
import { lasting, onBothBrokers } from './place.ts'

const versions = [4, 5] as const
const ways = ['drop', 'leave'] as const

/** Both versions with both ways to go. */
const goings = versions.flatMap((level) => ways.map((way) => [level, way] as const))

onBothBrokers((at) => {
  test.each(goings)(
    '[BR14] 500 messages of QoS 1 wait for a client, in order (level %i, %s)',
    async (level, way) => {
      const session = { clientId: at.word(), ...lasting(level) }
      const [topic, publisher, client] = [
        at.word(),
        await at.connect(level),
        await at.connect(level, session),
      ]
      await client.subscribe(topic)
      await client[way]()
      const numbers = Array.from({ length: 500 }, (_, number) => String(number))
      await Promise.all(numbers.map((number) => publisher.publish(topic, number, { qos: 1 })))
      await publisher.publish(topic, 'never kept', { qos: 0 })
      const back = await at.connect(level, session)
      expect((await back.connack()).sessionPresent).toBe(true)
      await back.untilMessages(500)
      await at.fence(publisher, back)
      // mosquitto keeps QoS 0 only when it is told to (queue_qos0_messages).
      expect(back.payloads).toEqual(numbers)
    },
  )

  test.each(goings)(
    '[BR14] each message of QoS 2 waits for a client (level %i, %s)',
    async (level, way) => {
      const session = { clientId: at.word(), ...lasting(level) }
      const [topic, publisher, client] = [
        at.word(),
        await at.connect(level),
        await at.connect(level, session),
      ]
      await client.subscribe(topic)
      await client[way]()
      for (const payload of ['1', '2', '3']) await publisher.publish(topic, payload, { qos: 2 })
      const back = await at.connect(level, session)
      await back.untilMessages(3)
      expect(back.messages.map(({ qos }) => qos)).toEqual([2, 2, 2])
      expect(back.payloads).toEqual(['1', '2', '3'])
    },
  )

  test.each(versions)(
    '[BR13] a session without subscriptions is there all the same (level %i)',
    async (level) => {
      const session = { clientId: at.word(), ...lasting(level) }
      await (await at.connect(level, session)).leave()
      expect((await (await at.connect(level, session)).connack()).sessionPresent).toBe(true)
    },
  )

  test.each(versions)('[BR13] a clean start drops the session (level %i)', async (level) => {
    const session = { clientId: at.word(), ...lasting(level) }
    const [topic, client] = [at.word(), await at.connect(level, session)]
    await client.subscribe(topic)
    await client.leave()
    const again = await at.connect(level, { ...session, clean: true })
    expect((await again.connack()).sessionPresent).toBe(false)
    await again.publish(topic, 'x', { qos: 1 })
    await at.fence(again, again)
    expect(again.messages).toEqual([])
  })

  test('[BR13] a session of MQTT 5 without an expiry interval goes with its client', async () => {
    const session = { clientId: at.word(), clean: false }
    await (await at.connect(5, session)).drop()
    expect((await (await at.connect(5, session)).connack()).sessionPresent).toBe(false)
  })

  test('[BR13] a session expires', async () => {
    const session = { clientId: at.word(), ...lasting(5, 1) }
    await (await at.connect(5, session)).drop()
    await new Promise((resolve) => setTimeout(resolve, at.isMosquitto ? 3500 : 1100))
    expect((await (await at.connect(5, session)).connack()).sessionPresent).toBe(false)
  })

  test('[BR13] the DISCONNECT can change when', async () => {
    const session = { clientId: at.word(), ...lasting(5) }
    const client = await at.connect(5, session)
    await client.leave({ properties: { sessionExpiryInterval: 0 } })
    expect((await (await at.connect(5, session)).connack()).sessionPresent).toBe(false)
  })

  test.each(versions)(
    '[BR12] what was not acknowledged comes again, marked as a duplicate (level %i)',
    async (level) => {
      const session = { clientId: at.word(), ...lasting(level) }
      const [topic, publisher] = [at.word(), await at.connect(level)]
      const client = await at.connect(level, session)
      client.neverAcknowledge()
      await client.subscribe(topic, { qos: 1 })
      await publisher.publish(topic, 'x', { qos: 1 })
      await client.untilMessages(1)
      await client.drop()
      const back = await at.connect(level, session)
      await back.untilMessages(1)
      expect(back.messages).toMatchObject([{ dup: true }])
      expect(back.messages[0]?.messageId).toBe(client.messages[0]?.messageId)
    },
  )
})
