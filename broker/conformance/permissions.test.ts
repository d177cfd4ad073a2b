import { expect, test } from 'vitest'
import type { Login } from '../hooks.ts'
import { onBothBrokers } from './place.ts'

const PASSWORD = 'correct horse'
const owner = { username: 'owner', password: PASSWORD }

/** What mosquitto's password_file says, in the words of the embedded broker's hook. */
function authenticate({ username, password }: Login): number {
  if (username === undefined) return 0x87
  const isRight = username === 'owner' && Buffer.from(password ?? []).toString() === PASSWORD
  return isRight ? 0 : 0x86
}

const options = {
  embedded: {
    authenticate,
    mayPublish: (_: unknown, topic: string) => !topic.startsWith('secret'),
    maySubscribe: (_: unknown, filter: string) => !filter.startsWith('secret'),
  },
  mosquitto: { users: { owner: PASSWORD }, acl: ['user owner', 'topic readwrite open/#'] },
}

onBothBrokers((at) => {
  test.each([
    ['a wrong password', { username: 'owner', password: 'wrong' }, 4, 0x86],
    ['no login', {}, 5, 0x87],
  ])('[BR6] %s is refused', async (_, login, returnCode, reasonCode) => {
    for (const level of [4, 5] as const) {
      const client = at.open(level, { clientId: at.word(), ...login })
      const connack = await client.connack()
      // mosquitto does not tell the two apart.
      const expected = at.isMosquitto ? [5, 0x87] : [returnCode, reasonCode]
      expect(level === 5 ? connack.reasonCode : connack.returnCode).toBe(expected[level - 4])
      await client.untilClosed()
    }
  })

  test.each([4, 5] as const)('[BR6] the right login is accepted (level %i)', async (level) => {
    const client = await at.connect(level, owner)
    expect(await client.subscribe('open/a')).toEqual([2])
  })

  test.each([
    [4, 0x80],
    [5, 0x87],
  ] as const)('[BR6] a denied subscription at level %i', async (level, code) => {
    const client = await at.connect(level, owner)
    // An acl_file of mosquitto never fails a SUBSCRIBE; it only lets nothing through.
    expect(await client.subscribe('secret/a')).toEqual([at.isMosquitto ? 2 : code])
  })

  test.each([
    [4, 1],
    [4, 2],
    [5, 1],
    [5, 2],
  ] as const)('[BR6] a denied message at level %i with QoS %i', async (level, qos) => {
    const client = await at.connect(level, owner)
    // Of MQTT 3 and QoS 2 mosquitto never answers the PUBREL, so the publication has no end there.
    void client.publish('secret/a', 'x', { qos })
    const cmd = qos === 1 ? 'puback' : 'pubrec'
    await client.until('the answer', () => client.all(cmd).length > 0)
    const answer = client.all(cmd)
    // MQTT 3 knows no refusal, so both say nothing of it.
    expect(answer[0]?.reasonCode).toBe(level === 5 ? 0x87 : undefined)
    expect(client.closedAt).toBeUndefined()
  })
}, options)
