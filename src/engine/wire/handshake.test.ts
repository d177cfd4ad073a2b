import { expect, test } from 'vitest'
import { CleanRoom } from './testing/cleanRoom.ts'
import { ACCEPT } from './testing/scriptedServer.ts'
import { message, until } from './testing/wireProbe.ts'

const room = new CleanRoom()

test('[IF1] PUBREC is told of at once, and neither a refusal nor a PUBREC of the past is', async () => {
  const { probe, peer } = await room.join(ACCEPT)
  const told: string[] = []
  const publish = (text: string, qos: 1 | 2) => {
    const sent = probe.wire.publish(message('t', text, qos))
    if ('failure' in sent) throw new Error('It was not sent')
    void sent.received?.then(() => told.push(text))
    return sent
  }
  expect(publish('one', 1).received).toBeUndefined()
  const { outcome } = publish('two', 2)
  const refused = publish('three', 2)
  await until(() => peer.all('publish').length === 3)
  const [, two, three] = peer.all('publish').map(({ messageId }) => messageId ?? 0)
  peer.send({ cmd: 'pubrec', messageId: 99 })
  peer.send({ cmd: 'pubrec', messageId: two ?? 0 })
  await until(() => told.length === 1)
  peer.send({ cmd: 'pubrec', messageId: three ?? 0, reasonCode: 0x97 })
  expect(await refused.outcome).toMatchObject({ state: 'refused' })
  peer.send({ cmd: 'pubcomp', messageId: two ?? 0 })
  expect(await outcome).toEqual({ state: 'acknowledged', reasonCode: 0 })
  expect(told).toEqual(['two'])
})
