import { expect, test } from 'vitest'
import { lasting, onBothBrokers } from './place.ts'

const versions = [4, 5] as const
const will = { payload: Buffer.from('offline'), qos: 1, retain: false } as const

onBothBrokers((at) => {
  test.each(
    versions.flatMap((level) =>
      (['drop', 'closeSocket'] as const).map((way) => [level, way] as const),
    ),
  )('[BR15] it follows an end without DISCONNECT (level %i, %s)', async (level, way) => {
    const [topic, witness] = [at.word(), await at.connect(level)]
    await witness.subscribe(topic)
    const owner = await at.connect(level, { will: { topic, ...will } })
    await owner[way]()
    await witness.untilMessages(1)
    expect(witness.messages).toMatchObject([{ qos: 1, retain: false }])
    expect(witness.payloads).toEqual(['offline'])
  })

  test.each(versions)('[BR15] it does not follow a DISCONNECT (level %i)', async (level) => {
    const [topic, witness] = [at.word(), await at.connect(level)]
    await witness.subscribe(topic)
    await (await at.connect(level, { will: { topic, ...will } })).leave()
    await at.fence(witness, witness)
    expect(witness.messages).toEqual([])
  })

  test('[BR15] it follows a DISCONNECT that asks for it (0x04)', async () => {
    const [topic, witness] = [at.word(), await at.connect(5)]
    await witness.subscribe(topic)
    await (await at.connect(5, { will: { topic, ...will } })).leave({ reasonCode: 4 })
    await witness.untilMessages(1)
  })

  test.each(versions)(
    '[BR15] retained, it waits for later subscribers (level %i)',
    async (level) => {
      const [topic, witness] = [at.word(), await at.connect(level)]
      await witness.subscribe(topic)
      await (await at.connect(level, { will: { topic, ...will, retain: true } })).drop()
      await witness.untilMessages(1)
      const later = await at.connect(level)
      await later.subscribe(topic)
      await later.untilMessages(1)
      expect(later.messages).toMatchObject([{ retain: true }])
    },
  )

  test('[BR15] it comes after its delay', async () => {
    const [topic, witness] = [at.word(), await at.connect(5)]
    await witness.subscribe(topic)
    const properties = { willDelayInterval: 1 }
    const owner = await at.connect(5, { ...lasting(5), will: { topic, ...will, properties } })
    await owner.drop()
    const from = performance.now()
    await witness.untilMessages(1)
    // mosquitto counts whole seconds, from the beginning of the present one.
    expect(performance.now() - from).toBeGreaterThan(at.isMosquitto ? 0 : 990)
  })

  test('[BR15] it is cancelled when the client comes back before that', async () => {
    const [topic, witness, clientId] = [at.word(), await at.connect(5), at.word()]
    await witness.subscribe(topic)
    const session = { ...lasting(5), clientId }
    const delayed = { topic, ...will, properties: { willDelayInterval: 2 } }
    await (await at.connect(5, { ...session, will: delayed })).drop()
    const back = await at.connect(5, session)
    // Another will with the same delay, from now on: when it has come, the first one would have.
    const other = { topic, ...will, payload: Buffer.from('other'), properties: delayed.properties }
    await (await at.connect(5, { ...lasting(5), will: other })).drop()
    await witness.untilMessages(1)
    await at.fence(back, witness)
    expect(witness.payloads).toEqual(['other'])
  })

  test('[BR15] its properties come with it', async () => {
    const [topic, witness] = [at.word(), await at.connect(5)]
    await witness.subscribe(topic)
    const properties = {
      payloadFormatIndicator: true,
      messageExpiryInterval: 1000,
      contentType: 'text/plain',
      responseTopic: 'answers',
      correlationData: Buffer.from([0, 255]),
      userProperties: { name: ['one', 'two'], other: 'three' },
    }
    await (await at.connect(5, { will: { topic, ...will, properties } })).drop()
    await witness.untilMessages(1)
    expect(witness.messages[0]?.properties).toEqual(properties)
  })

  test.each(versions)(
    '[BR23] a client that takes over lets it be published (level %i)',
    async (level) => {
      const [topic, witness, clientId] = [at.word(), await at.connect(level), at.word()]
      await witness.subscribe(topic)
      await at.connect(level, { clientId, will: { topic, ...will } })
      await at.connect(level, { clientId })
      await witness.untilMessages(1)
      expect(witness.payloads).toEqual(['offline'])
    },
  )
})
