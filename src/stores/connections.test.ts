import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { BLANK_DRAFT, type Draft } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import { useConnections } from './connections.ts'
import { useEngine } from './engine.ts'

const id = '0123456789abcdef' as ConnectionId
const broker = { scheme: 'ws', host: 'localhost', port: 9001, path: '/mqtt' } as const

describe('the draft of a connection', () => {
  let sent: Draft[]

  beforeEach(() => {
    setActivePinia(createPinia())
    sent = []
    vi.spyOn(useEngine(), 'send').mockImplementation((command) => {
      if (command.type === 'saveDraft') sent.push(command.draft)
    })
    useConnections().put({
      profile: newProfile(id, 'client', broker, 0),
      state: { phase: 'disconnected' },
      subscriptions: [],
      draft: BLANK_DRAFT,
      unexplained: [],
      totals: NO_TOTALS,
      unacknowledged: [],
    })
  })

  test('[PB4] two panes that change it at once keep what the other changed', () => {
    const connections = useConnections()
    connections.saveDraft(id, { topic: 'a' })
    connections.saveDraft(id, { view: 'hex' })
    expect(sent.at(-1)).toEqual({ ...BLANK_DRAFT, topic: 'a', view: 'hex' })
  })

  test('[PB4] a part joins what another tab changed, once all that was sent has come back', () => {
    const connections = useConnections()
    connections.saveDraft(id, { topic: 'a' })
    connections.changeDraft(id, { ...BLANK_DRAFT, topic: 'a' })
    connections.changeDraft(id, { ...BLANK_DRAFT, topic: 'from another tab' })
    connections.saveDraft(id, { view: 'hex' })
    expect(sent.at(-1)).toEqual({ ...BLANK_DRAFT, topic: 'from another tab', view: 'hex' })
  })

  test('[PB4] there is nothing to save for a connection that is gone', () => {
    const connections = useConnections()
    connections.forget(id)
    connections.saveDraft(id, { topic: 'a' })
    expect(sent).toEqual([])
  })
})
