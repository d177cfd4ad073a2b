import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import type { OutgoingMessage } from '@/core/message.ts'
import { BLANK_REQUEST, type RequestFields } from '@/core/requests/requestForm.ts'
import type { ServerLimits } from '@/core/session.ts'
import type { Grant } from '@/core/subscription.ts'
import { decodeUtf8 } from '@/core/text.ts'
import { usePublishing, type PublishResult } from '@/stores/publishing.ts'
import type { RememberedRequests } from './rememberedRequests.ts'
import { ID, openConnection, say, sayState } from './testing/openConnection.ts'
import { useRequestForm, type RequestField } from './useRequestForm.ts'
import type { RequestMemory } from './useRequestMemory.ts'

let published: OutgoingMessage[]
let focused: RequestField[]
let grant: Grant
let answer: PublishResult

beforeEach(() => {
  published = []
  focused = []
  grant = { state: 'granted', qos: 1 }
  answer = { seq: 0, outcome: { state: 'pending' } }
})

/** The form of a connected connection; what is sent to the engine is answered at once. */
function open(part: Partial<RequestFields> = {}, limits: Partial<ServerLimits> = {}) {
  setActivePinia(createPinia())
  openConnection((command) => {
    if (command.type === 'saveSubscription') {
      say(command.subscription, { state: 'pending' })
      say(command.subscription, grant)
    } else if (command.type === 'publish') {
      published.push(command.message)
      queueMicrotask(() => usePublishing().settle(command.request, answer))
    }
  }, limits)
  const memory = shallowRef<RememberedRequests>({
    fields: { ...BLANK_REQUEST, topic: 'ask', payload: '1', ...part },
    timeouts: new Map(),
  })
  const note = vi.fn<RequestMemory['note']>()
  const requests: RequestMemory = {
    memory,
    edit: (edited) => {
      memory.value = { ...memory.value, fields: { ...memory.value.fields, ...edited } }
    },
    note,
    timeoutFor: () => 5,
  }
  const form = effectScope().run(() => useRequestForm(ID, requests, (field) => focused.push(field)))
  if (!form) throw new Error('The scope has ended')
  return { form, note }
}

describe('sending a request', () => {
  test('[RQ6] [RQ8] it has the response topic and correlation data of its own, and its time-out is noted', async () => {
    const { form, note } = open({ timeout: '7' })
    await form.send()
    await form.send()
    const properties = published.map((message) => message.properties)
    expect(properties.map((each) => each?.responseTopic)).toEqual(Array(2).fill('mqtab/answers/me'))
    const texts = properties.map((each) => decodeUtf8(each?.correlationData ?? new Uint8Array()))
    for (const text of texts) expect(text).toMatch(/^[0-9a-f]{16}$/)
    expect(new Set(texts).size).toBe(2)
    expect(note).toHaveBeenCalledTimes(2)
    expect(note.mock.calls.map(([, timeout]) => timeout)).toEqual([7, 7])
    expect(form.sentTo.value).toBe('ask')
  })

  test('[RQ6] a refused subscription sends nothing, and leads to its field until something changes', async () => {
    grant = { state: 'refused', reasonCode: 0x87 }
    const { form } = open()
    await form.send()
    expect(published).toEqual([])
    expect(focused).toEqual(['responseTopic'])
    expect(form.trouble.value).toEqual({ uncovered: grant })
    form.edit({ responseTopic: 'other' })
    await new Promise(setImmediate)
    expect(form.trouble.value).toBeUndefined()
  })

  test('[RQ7] the response topic follows the connection until another one is typed', () => {
    const { form } = open({}, { responseInformation: 'to/', assignedClientId: 'given' })
    expect(form.responseTopic.value).toBe('to/given')
    sayState({ phase: 'disconnected' })
    expect(form.responseTopic.value).toBe('mqtab/answers/me')
    form.edit({ responseTopic: '' })
    expect(form.issues.value).toEqual({ responseTopic: { code: 'empty' } })
  })

  test.each<[RequestField, Partial<RequestFields>, Partial<ServerLimits>]>([
    ['topic', { topic: '', payload: '{' }, {}],
    ['qos', { timeout: '0' }, { maximumQoS: 0 }],
    ['timeout', { timeout: '0', responseTopic: '#' }, {}],
    ['responseTopic', { responseTopic: '#', payload: '{' }, {}],
    ['payload', { payload: '{' }, {}],
    ['payload', {}, { maximumPacketSize: 20 }],
  ])('[RQ9] nothing wrong is sent, and the first such field gets the focus: %s', async (...row) => {
    const [field, part, limits] = row
    const { form } = open(part, limits)
    await form.send()
    expect(published).toEqual([])
    expect(focused).toEqual([field])
  })

  test('[PU7] a payload whose type is switched keeps its bytes', () => {
    const { form } = open({ payload: '{}' })
    form.setType('hex')
    expect(form.fields.value).toMatchObject({ type: 'hex', payload: '7b 7d' })
    form.edit({ payload: '7b 7' })
    form.setType('json')
    expect(form.fields.value).toMatchObject({ type: 'json', payload: '7b 7' })
  })

  test('[RQ9] an empty topic is an issue only once sending was tried', async () => {
    const { form } = open({ topic: '' })
    expect(form.issues.value).toEqual({})
    await form.send()
    expect(form.issues.value).toEqual({ topic: { code: 'empty' } })
  })

  test('[RQ9] nothing is sent while there is no connection, and a failure is said', async () => {
    answer = { failure: { code: 'not-connected' } }
    const { form } = open()
    await form.send()
    expect(form.trouble.value).toEqual({ failure: { code: 'not-connected' } })
    published = []
    sayState({ phase: 'disconnected' })
    await form.send()
    expect(published).toEqual([])
  })
})
