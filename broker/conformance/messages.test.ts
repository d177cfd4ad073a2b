import { expect, test } from 'vitest'
import { lasting, onBothBrokers } from './place.ts'

const versions = [4, 5] as const

onBothBrokers((at) => {
  test.each(versions)('[BR3] wildcards match as they should (level %i)', async (level) => {
    const [word, client] = [at.word(), await at.connect(level)]
    for (const filter of ['+/temperature', 'deep/#', 'exact']) {
      await client.subscribe(`${word}/${filter}`)
    }
    const topics = ['1/temperature', '1/2/temperature', 'deep', 'deep/a/b', 'exact', 'exact/not']
    for (const topic of topics) await client.publish(`${word}/${topic}`, topic)
    await at.fence(client, client)
    expect(client.payloads).toEqual(['1/temperature', 'deep', 'deep/a/b', 'exact'])
  })

  test.each(versions)('[BR3] # does not see what begins with $ (level %i)', async (level) => {
    const [word, client, publisher] = [at.word(), await at.connect(level), await at.connect(level)]
    await client.subscribe('#', { qos: 0 })
    await publisher.publish(`$${word}/a`, 'hidden')
    await publisher.publish(`${word}/a`, 'seen')
    await at.fence(publisher, client)
    const own = client.messages.filter(({ topic }) => topic.includes(word))
    expect(own.map(({ payload }) => payload.toString())).toEqual(['seen'])
    expect(client.messages.some(({ topic }) => topic.startsWith('$'))).toBe(false)
  })

  test.each(versions)(
    '[BR9] of two retained messages a later subscriber gets the second, marked (level %i)',
    async (level) => {
      const [topic, publisher, earlier] = [
        at.word(),
        await at.connect(level),
        await at.connect(level),
      ]
      await earlier.subscribe(topic)
      for (const payload of ['first', 'second']) {
        await publisher.publish(topic, payload, { retain: true, qos: 1 })
      }
      const later = await at.connect(level)
      await later.subscribe(topic)
      await at.fence(publisher, later)
      expect(later.messages).toMatchObject([{ retain: true }])
      expect(later.payloads).toEqual(['second'])
      await at.fence(publisher, earlier)
      expect(earlier.messages.map(({ retain }) => retain)).toEqual([false, false])
    },
  )

  test.each(versions)('[BR9] an empty retained message clears (level %i)', async (level) => {
    const [topic, client] = [at.word(), await at.connect(level)]
    await client.publish(topic, 'x', { retain: true, qos: 1 })
    await client.publish(topic, '', { retain: true, qos: 1 })
    await client.subscribe(topic)
    await at.fence(client, client)
    expect(client.messages).toEqual([])
  })

  test.each(versions)(
    '[BR10] the lower QoS counts, with wildcards too (level %i)',
    async (level) => {
      const [word, publisher] = [at.word(), await at.connect(level)]
      const subscribers = await Promise.all(
        ([0, 1, 2] as const).map(async (qos) => {
          const client = await at.connect(level)
          expect(await client.subscribe(`${word}/+`, { qos })).toEqual([qos])
          return client
        }),
      )
      for (const qos of [0, 1, 2] as const) await publisher.publish(`${word}/a`, '', { qos })
      for (const client of subscribers) await client.untilMessages(3)
      expect(subscribers.map(({ messages }) => messages.map(({ qos }) => qos))).toEqual([
        [0, 0, 0],
        [0, 1, 1],
        [0, 1, 2],
      ])
    },
  )

  test('[BR21] properties arrive live, retained and out of the queue', async () => {
    const [topic, publisher, live] = [at.word(), await at.connect(5), await at.connect(5)]
    const properties = {
      payloadFormatIndicator: true,
      contentType: 'text/plain',
      responseTopic: 'answers/1',
      correlationData: Buffer.from([0, 1, 255]),
      userProperties: { name: ['one', 'two'], other: 'three' },
    }
    await live.subscribe(topic)
    const session = { clientId: at.word(), ...lasting(5) }
    const queued = await at.connect(5, session)
    await queued.subscribe(topic)
    await queued.drop()
    await publisher.publish(topic, 'x', { qos: 1, retain: true, properties })
    const retained = await at.connect(5)
    await retained.subscribe(topic)
    for (const client of [live, retained, await at.connect(5, session)]) {
      await client.untilMessages(1)
      expect(client.messages[0]?.properties).toEqual(properties)
    }
  })

  test('[BR22] the expiry interval grows shorter, and what has expired does not come', async () => {
    const [topic, publisher] = [at.word(), await at.connect(5)]
    const session = { clientId: at.word(), ...lasting(5) }
    const will = { topic: at.word(), payload: Buffer.from('gone'), qos: 1, retain: false } as const
    await publisher.subscribe(will.topic)
    const queued = await at.connect(5, { ...session, will })
    await queued.subscribe(topic)
    await queued.drop()
    // Until the broker has noticed, it would send to a client that is gone, and later send it again.
    await publisher.untilMessages(1)
    const expiring = (messageExpiryInterval: number, retain: boolean) =>
      publisher.publish(topic, String(messageExpiryInterval), {
        qos: 1,
        retain,
        properties: { messageExpiryInterval },
      })
    await expiring(1, false)
    await expiring(1000, true)
    // The only clock that both brokers share.
    await new Promise((resolve) => setTimeout(resolve, 2100))
    const back = await at.connect(5, session)
    const later = await at.connect(5)
    await later.subscribe(topic)
    for (const client of [back, later]) {
      await at.fence(publisher, client)
      expect(client.payloads).toEqual(['1000'])
      const left = client.messages[0]?.properties?.messageExpiryInterval
      expect(left).toBeGreaterThan(900)
      expect(left).toBeLessThan(1000)
    }
  })

  test('[BR20] a topic alias of the client stands for its topic', async () => {
    const [topic, publisher, client] = [at.word(), await at.connect(5), await at.connect(5)]
    await client.subscribe(topic)
    await publisher.publish(topic, '1', { properties: { topicAlias: 3 } })
    await publisher.publish('', '2', { properties: { topicAlias: 3 } })
    await at.fence(publisher, client)
    expect(client.messages.map((message) => message.topic)).toEqual([topic, topic])
    // Neither broker uses aliases of its own.
    expect(client.messages[1]).not.toHaveProperty('properties.topicAlias')
  })
})
