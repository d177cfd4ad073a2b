import { expect, test } from 'vitest'
import { onBothBrokers } from './place.ts'

const versions = [4, 5] as const

onBothBrokers((at) => {
  test('[BR18] No Local spares the publisher', async () => {
    const [topic, client, other] = [at.word(), await at.connect(5), await at.connect(5)]
    await client.subscribe(topic, { nl: true })
    await client.publish(topic, 'mine', { qos: 1 })
    await other.publish(topic, 'theirs', { qos: 1 })
    await at.fence(other, client)
    expect(client.payloads).toEqual(['theirs'])
  })

  test.each([
    [0, ['x', 'x']],
    [1, ['x']],
    [2, []],
  ] as const)('[BR18] Retain Handling %i', async (rh, expected) => {
    const [topic, publisher, client] = [at.word(), await at.connect(5), await at.connect(5)]
    await publisher.publish(topic, 'x', { qos: 1, retain: true })
    await client.subscribe(topic, { rh })
    await client.subscribe(topic, { rh })
    await at.fence(publisher, client)
    expect(client.payloads).toEqual(expected)
  })

  test.each([true, false])('[BR18] Retain as Published %s', async (rap) => {
    const [topic, client] = [at.word(), await at.connect(5)]
    await client.subscribe(topic, { rap })
    await client.publish(topic, 'x', { qos: 1, retain: true })
    await client.untilMessages(1)
    expect(client.messages.map(({ retain }) => retain)).toEqual([rap])
  })

  test('[BR18] the subscription identifier comes with live and retained messages', async () => {
    const [topic, client] = [at.word(), await at.connect(5)]
    await client.publish(topic, 'x', { qos: 1, retain: true })
    await client.subscribe(topic, { id: 7 })
    await client.publish(topic, 'x', { qos: 1 })
    await client.untilMessages(2)
    const ids = client.messages.map(({ properties }) => properties?.subscriptionIdentifier)
    expect(ids).toEqual([7, 7])
  })

  test('[BR18] overlapping subscriptions give every identifier once', async () => {
    const [word, client] = [at.word(), await at.connect(5)]
    await client.subscribe(`${word}/+`, { id: 1, qos: 0 })
    await client.subscribe(`${word}/#`, { id: 2, qos: 1 })
    await client.publish(`${word}/a`, 'x', { qos: 2 })
    await at.fence(client, client)
    const found = client.messages.map(({ qos, properties }) => [
      qos,
      [properties?.subscriptionIdentifier].flat().sort(),
    ])
    // §3.3.4 leaves both to the server: one message with all identifiers and the highest QoS, or one
    // for each subscription, which is what mosquitto does.
    if (at.isMosquitto) {
      expect(found).toHaveLength(2)
      expect(found).toEqual(
        expect.arrayContaining([
          [0, [1]],
          [1, [2]],
        ]),
      )
    } else {
      expect(found).toEqual([[1, [1, 2]]])
    }
  })

  test.each(versions)(
    '[BR19] a shared subscription divides the messages (level %i)',
    async (level) => {
      const [word, publisher] = [at.word(), await at.connect(level)]
      const members = [await at.connect(level), await at.connect(level)]
      for (const member of members) await member.subscribe(`$share/${word}/${word}/+`, { qos: 1 })
      const numbers = Array.from({ length: 10 }, (_, number) => String(number))
      for (const number of numbers) await publisher.publish(`${word}/a`, number, { qos: 1 })
      for (const member of members) await at.fence(publisher, member)
      expect(members.flatMap(({ payloads }) => payloads).sort()).toEqual(numbers)
      for (const member of members) expect(member.messages).toHaveLength(5)
    },
  )

  test.each(versions)(
    '[BR24] unsubscribing ends it, and says what there was (level %i)',
    async (level) => {
      const [topic, client] = [at.word(), await at.connect(level)]
      await client.subscribe(topic)
      await client.mqtt.unsubscribeAsync([topic, `${topic}/never`]).catch(() => undefined)
      await client.until('the UNSUBACK', () => client.all('unsuback').length > 0)
      const granted = client.all('unsuback')[0]?.granted
      expect(granted).toEqual(level === 5 ? [0, 0x11] : undefined)
      await client.publish(topic, 'x', { qos: 1 })
      await at.fence(client, client)
      expect(client.messages).toEqual([])
    },
  )
})
