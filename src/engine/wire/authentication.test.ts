import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Hooks } from '../../../broker/hooks.ts'
import { scramServer, type ScramServerOptions } from '../../../broker/node/scramServer.ts'
import type { Profile } from '@/core/profile.ts'
import { SCRAM_METHODS } from '@/core/scram/scramMethod.ts'
import { CleanRoom } from './testing/cleanRoom.ts'
import { serveBroker } from './testing/servers.ts'
import type { Peer, Script } from './testing/scriptedServer.ts'
import { message, outcomeOf, profileFor, until, WireProbe } from './testing/wireProbe.ts'

const PASSWORD = 'tea, =earl grey='
const room = new CleanRoom()

afterEach(() => vi.unstubAllGlobals())

function changesFor(authenticationMethod: string): Partial<Profile> {
  const properties = { authenticationMethod, userProperties: [] }
  return { username: 'a,da', password: PASSWORD, properties }
}

type Packet = Parameters<Hooks['onPacket']>[0]['packet']

/** A wire to the embedded broker with SCRAM, and every packet that went over it. */
async function join(options: Partial<ScramServerOptions>, changes: Partial<Profile>) {
  const packets: Packet[] = []
  const users = { 'a,da': PASSWORD }
  const served = await serveBroker({
    exchange: scramServer({ users, ...options }),
    onPacket: ({ packet }) => packets.push(packet),
  })
  room.after(() => served.stop())
  const probe = new WireProbe(profileFor(served.port, changes))
  await until(() => probe.connects.length + probe.ends.length > 0)
  return { probe, packets }
}

describe('against the embedded broker', () => {
  test.each(SCRAM_METHODS)('[AU4] %s lets a client in that knows the password', async (method) => {
    const { probe, packets } = await join({}, changesFor(method))
    expect(probe.ends).toEqual([])
    expect(packets.map(({ cmd }) => cmd)).toEqual(['connect', 'auth', 'auth', 'connack'])
    expect(packets[0]).toMatchObject({ username: 'a,da' })
    expect(await outcomeOf(probe.wire.publish(message('t', 'x', 1)))).toMatchObject({
      state: 'acknowledged',
    })
  })

  test('[AU4] the password is in no packet, and nothing of the exchange is told', async () => {
    const { probe, packets } = await join({}, changesFor('SCRAM-SHA-256'))
    expect(packets[0]).not.toHaveProperty('password', expect.anything())
    const said = packets.map((packet) =>
      packet.cmd === 'connect' || packet.cmd === 'auth'
        ? String(packet.properties?.authenticationData)
        : '',
    )
    expect(said.join()).toMatch(/^n,,n=.*,c=biws,r=.*,p=/)
    expect(said.join()).not.toContain(PASSWORD)
    expect(JSON.stringify(probe.connects)).not.toMatch(/authenticationData|v=/)
  })

  test('[AU4] each connection begins with a nonce of its own', async () => {
    const first = await join({}, changesFor('SCRAM-SHA-1'))
    const second = await join({}, changesFor('SCRAM-SHA-1'))
    const [one, other] = [first, second].map(({ packets }) => {
      const connect = packets[0]
      return connect?.cmd === 'connect' ? String(connect.properties?.authenticationData) : ''
    })
    expect(one).toMatch(/^n,,n=a=2Cda,r=[A-Za-z0-9+/]{32}$/)
    expect(other).not.toBe(one)
  })

  test('[AU4] a wrong password is a refusal like any other', async () => {
    const changes = { ...changesFor('SCRAM-SHA-256'), password: 'coffee' }
    const { probe } = await join({}, changes)
    expect(probe.ends).toMatchObject([{ code: 'refused', reasonCode: 0x87 }])
    expect(JSON.stringify(probe.ends)).not.toContain('coffee')
  })

  test.each(['none', 'wrong'] as const)(
    '[AU5] a server whose proof is %s is left, and nothing is resumed',
    async (proof) => {
      const { probe, packets } = await join({ proof }, changesFor('SCRAM-SHA-512'))
      expect(probe.ends).toEqual([{ code: 'auth-unproven' }])
      expect(probe.calls).toEqual(['ended'])
      await until(() => packets.some(({ cmd }) => cmd === 'disconnect'))
      expect(packets.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x80 })
    },
  )

  test('[AU8] a method that the broker does not know is refused by it', async () => {
    const { probe, packets } = await join({}, changesFor('GS2-KRB5'))
    expect(probe.ends).toMatchObject([{ code: 'refused', reasonCode: 0x8c }])
    expect(packets[0]).toMatchObject({ properties: { authenticationMethod: 'GS2-KRB5' } })
    expect(packets[0]).not.toHaveProperty('properties.authenticationData')
  })
})

/** Answers a CONNECT with an AUTH. */
function ask(data: string | ((clientFirst: string) => string), changes = {}): Script {
  return (packet, peer) => {
    if (packet.cmd !== 'connect') return
    const first = String(packet.properties?.authenticationData)
    peer.send({
      cmd: 'auth',
      reasonCode: 0x18,
      properties: {
        authenticationMethod: 'SCRAM-SHA-256',
        authenticationData: Buffer.from(typeof data === 'string' ? data : data(first)),
      },
      ...changes,
    })
  }
}

function challenge(first: string): string {
  return `${first.slice(first.indexOf('r='))}S,s=AQID,i=2`
}

async function untilLeft(peer: Peer): Promise<void> {
  await until(() => peer.closeCode !== undefined)
}

describe('against a server that says what it should not', () => {
  const changes = changesFor('SCRAM-SHA-256')

  test.each([
    ['malformed', 'e=other-error'],
    ['nonce', 'r=old,s=AQID,i=4096'],
    ['iterations', (first: string) => challenge(first).replace('i=2', 'i=99999999')],
    ['extension', (first: string) => `m=x,${challenge(first)}`],
  ] as const)('[AU3] the problem %s is told and not answered', async (problem, data) => {
    const { probe, peer } = await room.meet(ask(data), changes)
    expect(await probe.untilEnded()).toEqual({ code: 'auth-message', problem })
    await untilLeft(peer)
    expect(peer.received.map(({ cmd }) => cmd)).toEqual(['connect', 'disconnect'])
    expect(peer.all('disconnect')).toMatchObject([{ reasonCode: 0x80 }])
  })

  test('[AU5] a CONNACK without an exchange proves nothing', async () => {
    const { probe, peer } = await room.meet((_, sender) => sender.accept(), changes)
    expect(await probe.untilEnded()).toEqual({ code: 'auth-unproven' })
    await untilLeft(peer)
    expect(peer.all('disconnect')).toMatchObject([{ reasonCode: 0x80 }])
  })

  test('[AU5] nor does one that comes while the answer is worked out, which then stays here', async () => {
    const { probe, peer } = await room.meet((packet, sender) => {
      if (packet.cmd !== 'connect') return
      ask(challenge)(packet, sender)
      sender.accept()
    }, changes)
    expect(await probe.untilEnded()).toEqual({ code: 'auth-unproven' })
    await untilLeft(peer)
    expect(peer.all('auth')).toEqual([])
  })

  test.each([
    ['of another method', ask(challenge, { properties: { authenticationMethod: 'M' } })],
    ['that says success', ask(challenge, { reasonCode: 0 })],
    [
      'that comes twice',
      (packet, peer) => {
        ask(challenge)(packet, peer)
        ask(challenge)(packet, peer)
      },
    ],
  ] as [string, Script][])('[AU7] an AUTH %s is a protocol error', async (_, script) => {
    const { probe, peer } = await room.meet(script, changes)
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
    await untilLeft(peer)
    expect(peer.all('disconnect')).toMatchObject([{ reasonCode: 0x81 }])
  })

  test('[AU7] so is one after the CONNACK, whatever the method', async () => {
    const { probe, peer } = await room.join(
      (packet, sender) => {
        if (packet.cmd === 'connect') sender.accept()
      },
      { properties: { authenticationMethod: 'M', userProperties: [] } },
    )
    peer.bytes(0xf0, 0)
    expect(await probe.untilEnded()).toMatchObject({ code: 'protocol-error' })
  })

  test('[AU4] close within the exchange says DISCONNECT and nothing else', async () => {
    const { probe, peer } = await room.meet(ask(challenge), changes)
    probe.wire.close()
    expect(await probe.untilEnded()).toBeUndefined()
    await untilLeft(peer)
    expect(peer.received.at(-1)?.cmd).toBe('disconnect')
  })
})

test('[AU6] without WebCrypto nothing is sent, and that is the failure', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const { probe, packets } = await join({}, changesFor('SCRAM-SHA-512'))
  expect(probe.ends).toEqual([{ code: 'auth-insecure', method: 'SCRAM-SHA-512' }])
  expect(packets).toEqual([])
})

test('[AU6] without SCRAM nobody asks for WebCrypto, and the password is sent', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const { probe, packets } = await join({}, { username: 'ada', password: 'open' })
  expect(probe.ends).toEqual([])
  expect(packets[0]).toMatchObject({ username: 'ada', password: Buffer.from('open') })
})
