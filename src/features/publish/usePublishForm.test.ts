import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { OutgoingMessage } from '@/core/message.ts'
import { newProfile } from '@/core/profile.ts'
import type { PublishFields } from '@/core/publishForm.ts'
import { NO_LIMITS, type ServerLimits, type SessionState } from '@/core/session.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import { useConnections } from '@/stores/connections.ts'
import { useEngine } from '@/stores/engine.ts'
import { useNotices } from '@/stores/notices.ts'
import { usePublishing, type PublishResult } from '@/stores/publishing.ts'
import { usePublishDraft } from './usePublishDraft.ts'
import { usePublishForm, type PublishField } from './usePublishForm.ts'

const id = '0123456789abcdef' as ConnectionId
const broker = { scheme: 'ws', host: 'localhost', port: 9001, path: '/mqtt' } as const
const everything = NO_LIMITS

let published: OutgoingMessage[]
let focused: PublishField[]
let answer: PublishResult

beforeEach(() => {
  setActivePinia(createPinia())
  vi.spyOn(useEngine(), 'send').mockImplementation((command) => {
    if (command.type !== 'publish') return
    published.push(command.message)
    queueMicrotask(() => usePublishing().settle(command.request, answer))
  })
  published = []
  focused = []
  answer = { seq: 0, outcome: { state: 'sent' } }
})

/** The form of a connection that is connected, unless `state` says otherwise. */
function open(part: Partial<PublishFields> = {}, state: SessionState = connected(everything)) {
  useConnections().put({
    profile: { ...newProfile(id, 'client', broker, 0), name: 'Sensor 1' },
    state,
    subscriptions: [],
    draft: { ...BLANK_DRAFT, topic: 'a', ...part },
    unexplained: [],
    unacknowledged: [],
    totals: NO_TOTALS,
  })
  const scope = effectScope()
  const made = scope.run(() => {
    const draft = usePublishDraft(id, () => false)
    return { draft, form: usePublishForm(id, draft, (field) => focused.push(field)) }
  })
  if (!made) throw new Error('The scope has ended')
  return { ...made, leave: () => scope.stop() }
}

function connected(limits: ServerLimits): SessionState {
  return { phase: 'connected', since: 0, story: { origin: 'clean' }, limits }
}

describe('publishing', () => {
  test('[PB10] sends the draft as it is typed, and the draft stays', async () => {
    const { draft, form } = open()
    draft.edit({ payload: '{"n": 1}' })
    await form.publish()
    expect(published).toHaveLength(1)
    expect(new TextDecoder().decode(published[0]?.payload)).toBe('{"n": 1}')
    expect(draft.fields.value.payload).toBe('{"n": 1}')
    expect(form.publishedTo.value).toBe('a')
  })

  test('[PB11] sends nothing that is wrong, and goes to the first field that is', async () => {
    const { draft, form } = open({ topic: 'a/+', payload: '{' })
    await form.publish()
    draft.edit({ topic: 'a' })
    await form.publish()
    expect(published).toEqual([])
    expect(focused).toEqual(['topic', 'payload'])
    expect(form.badPayload.value).toMatchObject({ code: 'bad-json' })
  })

  test('[PB12] an empty topic is an issue only once publishing was tried', async () => {
    const { draft, form } = open({ topic: '' })
    expect(form.badTopic.value).toBeUndefined()
    await form.publish()
    expect(form.badTopic.value).toEqual({ code: 'empty' })
    draft.edit({ topic: 'a' })
    await form.publish()
    draft.edit({ topic: '' })
    expect(form.badTopic.value).toBeUndefined()
    expect(published).toHaveLength(1)
  })

  test('[PB13] sends nothing that the connected broker said it does not take', async () => {
    const limits = {
      ...everything,
      maximumQoS: 1,
      retainAvailable: false,
      maximumPacketSize: 9,
    } as const
    const { draft, form } = open({ qos: 2, retain: true, payload: '[1,2,3]' }, connected(limits))
    await form.publish()
    draft.edit({ qos: 1 })
    await form.publish()
    draft.edit({ retain: false })
    await form.publish()
    expect(focused).toEqual(['qos', 'retain', 'payload'])
    draft.edit({ payload: '1' })
    await form.publish()
    expect(published).toHaveLength(1)
  })

  test('[PB14] sends nothing while there is no connection', async () => {
    const { form } = open({}, { phase: 'disconnected' })
    await form.publish()
    expect(published).toEqual([])
    expect(focused).toEqual([])
  })

  test('[PB15] a failure stands beside the button until the draft changes', async () => {
    answer = { failure: { code: 'not-connected' } }
    const { draft, form } = open()
    await form.publish()
    expect(form.failure.value).toEqual({ code: 'not-connected' })
    expect(form.publishedTo.value).toBeUndefined()
    draft.edit({ payload: '1' })
    await Promise.resolve()
    expect(form.failure.value).toBeUndefined()
  })

  test('[PB16] a failure that comes after the pane was left is a notice with the name', async () => {
    answer = { failure: { code: 'publish-failed', detail: 'cut' } }
    const { form, leave } = open()
    const done = form.publish()
    leave()
    await done
    expect(useNotices().notices).toMatchObject([
      { tone: 'danger', title: /^Sensor 1: /, detail: /cut/ },
    ])
  })
})

describe('a payload that is typed in another way', () => {
  test('[PB17] keeps its bytes when the type is switched', () => {
    const { draft, form } = open({ payload: '{}' })
    form.setType('hex')
    expect(draft.fields.value).toMatchObject({ type: 'hex', payload: '7b 7d' })
    form.setType('base64')
    expect(draft.fields.value).toMatchObject({ type: 'base64', payload: 'e30=' })
    expect(form.isKeptAsTyped.value).toBe(false)
  })

  test('[PB17] keeps its characters, and says so, when the bytes are no text', () => {
    const { draft, form } = open({ type: 'hex', payload: 'ff' })
    form.setType('plaintext')
    expect(draft.fields.value).toMatchObject({ type: 'plaintext', payload: 'ff' })
    expect(form.isKeptAsTyped.value).toBe(true)
    form.setPayload('f')
    expect(form.isKeptAsTyped.value).toBe(false)
  })

  test('[PB18] Format lays valid JSON out and leaves anything else alone', () => {
    const { draft, form } = open({ payload: '{"a":1.0}' })
    form.format()
    expect(draft.fields.value.payload).toBe('{\n  "a": 1.0\n}')
    draft.edit({ payload: '{"a":' })
    form.format()
    expect(draft.fields.value.payload).toBe('{"a":')
    expect(focused).toEqual(['payload'])
  })
})
