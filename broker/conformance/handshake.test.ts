import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { onBothBrokers, type Place } from './place.ts'

/**
 * Sends bytes over a bare WebSocket, further ones after each answer, and gives what comes back until
 * the broker closes.
 */
function exchange(at: Place, ...pieces: number[][]): Promise<number[]> {
  const socket = new WebSocket(at.url, 'mqtt')
  const answer: number[] = []
  const rest = [...pieces]
  const send = () => socket.send(Uint8Array.from(rest.shift() ?? []))
  socket.on('open', send)
  socket.on('message', (data: Buffer) => {
    answer.push(...data)
    if (rest.length > 0) send()
  })
  return new Promise((resolve, reject) => {
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

const CONNECT_5 = [0x10, 16, 0, 4, 0x4d, 0x51, 0x54, 0x54, 5, 2, 0, 0, 0, 0, 3, 0x72, 0x61, 0x77]

onBothBrokers((at) => {
  test.each([3, 4, 5] as const)('[BR1] MQTT level %i is let in', async (level) => {
    const connack = await (await at.connect(level)).connack()
    expect(connack[level === 5 ? 'reasonCode' : 'returnCode']).toBe(0)
    expect(connack.sessionPresent).toBe(false)
  })

  test('[BR1] a level of the future gets "unacceptable protocol version"', async () => {
    const answer = await exchange(at, [0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 9, 2, 0, 0, 0, 0])
    expect(answer).toEqual([0x20, 2, 0, 1])
  })

  test('[BR4] a client of MQTT 5 without an id is given one', async () => {
    const connack = await (await at.connect(5, { clientId: '' })).connack()
    expect(connack.properties?.assignedClientIdentifier).toMatch(/^auto-/)
  })

  test('[BR26] the limits are announced', async () => {
    const { properties } = await (await at.connect(5)).connack()
    expect(properties).toMatchObject(
      at.isMosquitto
        ? // It tells no Maximum Packet Size, because it has none.
          { receiveMaximum: 20, topicAliasMaximum: 10 }
        : { receiveMaximum: 1000, topicAliasMaximum: 100, maximumPacketSize: 20 * 1024 * 1024 },
    )
  })

  test.each([
    ['a reserved packet type', [0x00, 0]],
    ['both QoS bits', [0x36, 7, 0, 1, 0x61, 0, 1, 0, 0x78]],
    ['a SUBSCRIBE without a filter', [0x82, 3, 0, 1, 0]],
    ['a topic with a wildcard', [0x30, 4, 0, 1, 0x23, 0]],
    ['a second CONNECT', CONNECT_5],
  ])('[BR2] %s ends the connection, and the others go on', async (_, bytes) => {
    const other = await at.connect(5)
    const answer = await exchange(at, CONNECT_5, bytes)
    expect(answer[0]).toBe(0x20)
    await at.fence(other, other)
  })

  test.each([4, 5] as const)(
    '[BR7] a client that falls silent is disconnected (level %i)',
    async (level) => {
      // Without its timer MQTT.js neither pings nor gives up by itself.
      const timerVariant = { set: () => 0, clear: () => undefined }
      const client = await at.connect(level, { keepalive: 1, timerVariant })
      const from = performance.now()
      const silence = (await client.untilClosed()) - from
      expect(silence).toBeGreaterThan(1400)
      // mosquitto looks at its clients only every few seconds.
      expect(silence).toBeLessThan(at.isMosquitto ? 15_000 : 4000)
      const reason = client.all('disconnect')[0]?.reasonCode
      // mosquitto closes without saying why.
      expect(reason).toBe(level === 5 && !at.isMosquitto ? 0x8d : undefined)
    },
  )

  test.each([4, 5] as const)(
    '[BR23] a second client with the same id takes over (level %i)',
    async (level) => {
      const clientId = at.word()
      const older = await at.connect(level, { clientId })
      const newer = await at.connect(level, { clientId })
      await older.untilClosed()
      await at.fence(newer, newer)
      const reasons = older.all('disconnect').map(({ reasonCode }) => reasonCode)
      // mosquitto 2.0 closes without a word, which MQTT 5 allows but does not recommend (§3.1.4).
      expect(reasons).toEqual(level === 5 && !at.isMosquitto ? [0x8e] : [])
    },
  )
})
