import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { BLANK_DRAFT, type Draft } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import { useConnections } from '@/stores/connections.ts'
import { useEngine } from '@/stores/engine.ts'
import { SAVE_AFTER, usePublishDraft } from './usePublishDraft.ts'

const one = '0000000000000001' as ConnectionId
const other = '0000000000000002' as ConnectionId
const broker = { scheme: 'ws', host: 'localhost', port: 9001, path: '/mqtt' } as const

let sent: [ConnectionId, Draft][]
let isTyping: boolean

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  sent = []
  isTyping = false
  vi.spyOn(useEngine(), 'send').mockImplementation((command) => {
    if (command.type === 'saveDraft') sent.push([command.connection, command.draft])
  })
  for (const id of [one, other]) {
    useConnections().put({
      profile: newProfile(id, 'client', broker, 0),
      state: { phase: 'disconnected' },
      subscriptions: [],
      draft: { ...BLANK_DRAFT, topic: id, view: 'hex' },
      unexplained: [],
      totals: NO_TOTALS,
      unacknowledged: [],
    })
  }
})

afterEach(() => {
  vi.useRealTimers()
})

function open(connection: ConnectionId) {
  const scope = effectScope()
  const draft = scope.run(() => usePublishDraft(connection, () => isTyping))
  if (!draft) throw new Error('The scope has ended')
  return { draft, leave: () => scope.stop() }
}

/** The engine says it, as it does to every tab. */
function say(part: Partial<Draft>) {
  useConnections().changeDraft(one, { ...BLANK_DRAFT, topic: one, view: 'hex', ...part })
}

describe('a draft that is edited', () => {
  test('[PB5] is saved once, after a pause in typing, and keeps how payloads are shown', () => {
    const { draft } = open(one)
    draft.edit({ payload: '1' })
    vi.advanceTimersByTime(SAVE_AFTER - 1)
    draft.edit({ payload: '12' })
    vi.advanceTimersByTime(SAVE_AFTER - 1)
    expect(sent).toEqual([])
    vi.advanceTimersByTime(1)
    expect(sent).toEqual([[one, { ...BLANK_DRAFT, topic: one, view: 'hex', payload: '12' }]])
  })

  test('[PB6] is saved at once when it is left, under its own connection', () => {
    const first = open(one)
    first.draft.edit({ payload: 'of one' })
    first.leave()
    const second = open(other)
    vi.advanceTimersByTime(SAVE_AFTER)
    second.leave()
    expect(sent.map(([id, { topic, payload }]) => [id, topic, payload])).toEqual([
      [one, one, 'of one'],
    ])
  })

  test('[PB7] does not change under the fingers when another tab saves', () => {
    const { draft } = open(one)
    isTyping = true
    say({ payload: 'from elsewhere' })
    expect(draft.fields.value.payload).toBe('')
    isTyping = false
    draft.adopt()
    expect(draft.fields.value.payload).toBe('from elsewhere')
  })

  test('[PB7] an unsaved change stays, and wins when it is saved', () => {
    const { draft } = open(one)
    draft.edit({ payload: 'here' })
    say({ payload: 'from elsewhere' })
    draft.adopt()
    expect(draft.fields.value.payload).toBe('here')
    draft.save()
    expect(sent.at(-1)?.[1].payload).toBe('here')
  })

  test('[PB8] late answers to earlier saves do not bring back an older text', () => {
    const { draft } = open(one)
    for (const payload of ['a', 'ab']) {
      draft.edit({ payload })
      draft.save()
    }
    say({ payload: 'a' })
    expect(draft.fields.value.payload).toBe('ab')
    expect(draft.isUnsaved()).toBe(true)
    say({ payload: 'ab' })
    expect(draft.isUnsaved()).toBe(false)
    say({ payload: 'from elsewhere' })
    expect(draft.fields.value.payload).toBe('from elsewhere')
  })

  test('[PB9] a change back to what is stored is nothing to save', () => {
    const { draft } = open(one)
    draft.edit({ payload: 'a' })
    draft.edit({ payload: '' })
    draft.save()
    expect(sent).toEqual([])
    expect(draft.isUnsaved()).toBe(false)
  })
})
