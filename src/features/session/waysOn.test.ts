import { expect, test } from 'vitest'
import type { ConnectionFailure, Withheld } from '@/core/failure.ts'
import { connectionIdFromBytes } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import { waysOn } from './waysOn.ts'

const BROKER = { scheme: 'ws', host: 'localhost', port: 8083, path: '/mqtt' } as const
const PROFILE = newProfile(connectionIdFromBytes(new Uint8Array(8)), 'mqtab_0', BROKER, 7)
const UNSUPPORTED: ConnectionFailure = { code: 'refused', version: '5.0', reasonCode: 0x84 }

function kindsFor(authenticationMethod: string): string[] {
  const properties = { authenticationMethod, userProperties: [] }
  return waysOn(UNSUPPORTED, { ...PROFILE, properties }, undefined).map(({ kind }) => kind)
}

test('[AU4] no server leads a client of SCRAM to a version that would send the password', () => {
  expect(waysOn(UNSUPPORTED, PROFILE, undefined).map(({ kind }) => kind)).toEqual(['version'])
  expect(kindsFor('GS2-KRB5')).toEqual(['version'])
  expect(kindsFor('SCRAM-SHA-256')).toEqual([])
})

test('[FW16] only a browser that has not asked is made to ask', () => {
  const kindsWhen = (because: Withheld['because'], port = 8083) => {
    const url = `ws://localhost:${port}/mqtt`
    const withheld = { network: 'loopback', because } as const
    const failure = { code: 'unreachable', url, after: 5, withheld } as const
    return waysOn(failure, { ...PROFILE, port }, undefined).map(({ kind }) => kind)
  }
  expect(kindsWhen('prompt')[0]).toBe('permission')
  for (const because of ['denied', 'insecure'] as const) {
    expect(kindsWhen(because)).not.toContain('permission')
  }
  // The port is wrong all the same, and that is what the words speak of.
  expect(kindsWhen('prompt', 1883)).not.toContain('permission')
})

test('[FW19] an idle link that was cut gets a Keep Alive that is shorter than it had', () => {
  const lost = { code: 'connection-lost', closeCode: 1006, closeReason: '', clean: false } as const
  const labelsWith = (keepAlive: number, idle?: number) => {
    const failure = { ...lost, ...(idle !== undefined && { idle }) }
    return waysOn(failure, { ...PROFILE, keepAlive }, undefined).map(({ label }) => label)
  }
  expect(labelsWith(120, 60_013)).toEqual(['Use a Keep Alive of 60 s'])
  expect(labelsWith(0, 60_013)).toEqual(['Use a Keep Alive of 60 s'])
  expect(labelsWith(60, 60_013)).toEqual([])
  expect(labelsWith(120)).toEqual([])
})
