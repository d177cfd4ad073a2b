import { expect, test } from 'vitest'
import { onBothBrokers } from './place.ts'

const versions = [4, 5] as const

onBothBrokers(
  (at) => {
    test('[BR17] no more than Receive Maximum messages are on their way to a client', async () => {
      const [topic, publisher] = [at.word(), await at.connect(5)]
      const held: (() => void)[] = []
      const client = await at.connect(5, {
        properties: { receiveMaximum: 2 },
        customHandleAcks: (_topic, _message, _packet, done) => held.push(() => done(0)),
      })
      await client.subscribe(topic, { qos: 1 })
      for (const payload of ['1', '2', '3', '4'])
        await publisher.publish(topic, payload, { qos: 1 })
      await client.untilMessages(2)
      // A SUBACK is no message, and comes behind all that was sent before it.
      await client.subscribe(`${topic}/other`)
      expect(client.payloads).toEqual(['1', '2'])
      for (const count of [3, 4]) {
        held.shift()?.()
        await client.untilMessages(count)
      }
      expect(client.payloads).toEqual(['1', '2', '3', '4'])
    })

    test('[BR8] a message that is larger than the client takes is left out', async () => {
      const [topic, publisher] = [at.word(), await at.connect(5)]
      const client = await at.connect(5, { properties: { maximumPacketSize: 200 } })
      await client.subscribe(topic)
      for (const size of [10, 1000, 20]) {
        await publisher.publish(topic, 'x'.repeat(size), { qos: 1 })
      }
      await at.fence(publisher, client)
      expect(client.payloads.map(({ length }) => length)).toEqual([10, 20])
    })

    test.each(versions)(
      '[BR14] 5,000 at once of QoS 1 all arrive, in order (level %i)',
      async (level) => {
        const [topic, publisher, client] = [
          at.word(),
          await at.connect(level),
          await at.connect(level),
        ]
        await client.subscribe(topic, { qos: 1 })
        const numbers = Array.from({ length: 5000 }, (_, number) => String(number))
        for (const number of numbers) void publisher.publish(topic, number, { qos: 1 })
        await client.untilMessages(5000)
        expect(client.payloads).toEqual(numbers)
      },
    )

    test.each(versions)('[BR3] a message reaches 200 clients (level %i)', async (level) => {
      const [topic, publisher] = [at.word(), await at.connect(level)]
      const clients = await Promise.all(Array.from({ length: 200 }, () => at.connect(level)))
      await Promise.all(clients.map((client) => client.subscribe(topic)))
      for (const payload of ['1', '2', '3']) await publisher.publish(topic, payload, { qos: 1 })
      for (const client of clients) {
        await client.untilMessages(3)
        expect(client.payloads).toEqual(['1', '2', '3'])
      }
    })

    test.each(versions.flatMap((level) => [1, 16].map((size) => [level, size] as const)))(
      '[BR8] a large payload arrives whole (level %i, %i MiB)',
      async (level, size) => {
        const [topic, client] = [at.word(), await at.connect(level)]
        await client.subscribe(topic, { qos: 0 })
        const payload = Buffer.alloc(size * 1024 * 1024, 'MQTT')
        await client.publish(topic, payload, { qos: 1 })
        await client.untilMessages(1)
        expect(Buffer.compare(client.messages[0]?.payload as Buffer, payload)).toBe(0)
      },
    )
  },
  { sequential: true },
)
