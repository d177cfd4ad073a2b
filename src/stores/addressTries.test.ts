import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import type { Command } from '@/engine/protocol.ts'
import { useAddressTries } from './addressTries.ts'
import { useEngine } from './engine.ts'

const id = '0123456789abcdef' as ConnectionId
const typed = { scheme: 'ws', host: 'localhost', port: 9001, path: '/typed' } as const
const profile = newProfile(id, 'client', typed, 0)

let sent: Command[]

beforeEach(() => {
  setActivePinia(createPinia())
  sent = []
  vi.spyOn(useEngine(), 'send').mockImplementation((command) => sent.push(command))
})

test('[FW8] another address is saved and connected to', () => {
  useAddressTries().attempt(profile, { ...typed, path: '/ws' })
  expect(sent).toEqual([
    { type: 'disconnect', connection: id },
    { type: 'saveProfile', profile: { ...profile, path: '/ws' } },
    { type: 'connect', connection: id },
  ])
})

test('[FW8] the address that was typed is known until one has proved right', () => {
  const tries = useAddressTries()
  expect(tries.original(id)).toBeUndefined()
  tries.attempt(profile, { ...typed, path: '/ws' })
  tries.attempt({ ...profile, path: '/ws' }, { ...typed, path: '/' })
  expect(tries.original(id)).toEqual(typed)
  tries.forget(id)
  expect(tries.original(id)).toBeUndefined()
})
