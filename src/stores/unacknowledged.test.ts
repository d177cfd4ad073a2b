import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import type { Command, ConnectionSnapshot } from '@/engine/protocol.ts'
import { useConnections } from './connections.ts'
import { dispatch } from './dispatch.ts'
import { useEngine } from './engine.ts'
import { useUnacknowledged } from './unacknowledged.ts'

const connection = '0000000000000001' as ConnectionId

let sent: Command[]

beforeEach(() => {
  setActivePinia(createPinia())
  sent = []
  vi.spyOn(useEngine(), 'send').mockImplementation((command) => sent.push(command))
})

test('[IF6] who sends again hears why it was not, and is not left waiting by an engine that ended', async () => {
  const store = useUnacknowledged()
  const [first, second, third] = [[1, 2], [3], [4]].map((seqs) => store.sendAgain(connection, seqs))
  const requests = sent.flatMap((command) => (command.type === 'sendAgain' ? command.request : []))
  const [one = 0, two = 0] = requests
  expect(sent[0]).toEqual({ type: 'sendAgain', connection, request: one, seqs: [1, 2] })
  dispatch({ type: 'sentAgain', request: two, failure: { code: 'not-connected' } })
  dispatch({ type: 'sentAgain', request: one, failure: undefined })
  expect(await first).toBeUndefined()
  expect(await second).toEqual({ code: 'not-connected' })
  store.abandon()
  expect(await third).toMatchObject({ code: 'publish-failed' })
})

test('[IF9] what the engine lists is what the page lists', () => {
  const broker = { scheme: 'ws', host: 'localhost', port: 9001, path: '/mqtt' } as const
  const snapshot = {
    ...{ profile: newProfile(connection, 'client', broker, 1), state: { phase: 'disconnected' } },
    ...{ subscriptions: [], draft: BLANK_DRAFT, totals: NO_TOTALS, unacknowledged: [7] },
  } as unknown as ConnectionSnapshot
  useConnections().put(snapshot)
  dispatch({ type: 'unacknowledgedChanged', connection, seqs: [7, 9] })
  expect(useConnections().get(connection)?.unacknowledged).toEqual([7, 9])
  useUnacknowledged().discard(connection, [7])
  expect(sent).toEqual([{ type: 'discardUnacknowledged', connection, seqs: [7] }])
})
