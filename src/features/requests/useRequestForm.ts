import { computed, shallowRef, watch } from 'vue'
import type { PayloadType } from '@/core/draft.ts'
import type { PublishFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import { correlationKey } from '@/core/requests/pairAnswers.ts'
import {
  asPublishFields,
  requestIssues,
  timeoutOf,
  type RequestFields,
  type RequestIssues,
} from '@/core/requests/requestForm.ts'
import { defaultResponseTopic } from '@/core/requests/responseTopic.ts'
import { convertPayload, messageOf, refusedFields } from '@/core/publishForm.ts'
import { useConnections } from '@/stores/connections.ts'
import { freshCorrelation } from '@/stores/freshIds.ts'
import { usePublishing } from '@/stores/publishing.ts'
import { coverTopic, type Uncovered } from './coverTopic.ts'
import type { RequestMemory } from './useRequestMemory.ts'

export type RequestField = keyof RequestIssues | 'qos'

/** As long as any that is sent, for the size of the packet. */
const SOME_CORRELATION = '0123456789abcdef'

/** Why a request did not leave, though nothing in its fields was wrong. */
type Trouble = { uncovered: Uncovered } | { failure: PublishFailure }

/** What is wrong with the fields of the console, and sending a request. */
export function useRequestForm(
  connection: ConnectionId,
  { memory, edit, note }: RequestMemory,
  focus: (field: RequestField) => void,
) {
  const connections = useConnections()
  const publishing = usePublishing()

  const fields = computed(() => memory.value.fields)
  /** Whether sending was tried since the last request: only then is an empty topic an issue. */
  const hasTried = shallowRef(false)
  const isSubscribing = shallowRef(false)
  const trouble = shallowRef<Trouble>()
  const sentTo = shallowRef<string>()

  const state = computed(() => connections.get(connection)?.state)
  const limits = computed(() =>
    state.value?.phase === 'connected' ? state.value.limits : undefined,
  )
  const clientId = computed(() => connections.get(connection)?.profile.clientId ?? '')
  const responseTopic = computed(
    () => fields.value.responseTopic ?? defaultResponseTopic(limits.value, clientId.value),
  )
  const allIssues = computed(() => requestIssues(fields.value, responseTopic.value))
  const issues = computed((): RequestIssues => {
    const { topic, ...rest } = allIssues.value
    return topic && (topic.code !== 'empty' || hasTried.value) ? { ...rest, topic } : rest
  })
  const message = computed(() =>
    messageOf(asPublishFields(fields.value, responseTopic.value, SOME_CORRELATION), '5.0'),
  )
  /** What the broker said, when it connected, that it does not take. */
  const refused = computed(() => {
    if (!limits.value) return {}
    const asked = asPublishFields(fields.value, responseTopic.value, SOME_CORRELATION)
    const made = message.value
    const size = 'message' in made ? made.message.payload.length : undefined
    return refusedFields(asked, size, '5.0', limits.value)
  })

  // What did not go was the request as it was.
  watch([fields, responseTopic], () => (trouble.value = undefined))

  function firstWrong(): RequestField | undefined {
    const { topic, timeout, responseTopic: badResponseTopic, payload } = allIssues.value
    if (topic) return 'topic'
    if (refused.value.qos) return 'qos'
    if (timeout) return 'timeout'
    if (badResponseTopic) return 'responseTopic'
    return (payload ?? refused.value.payload) ? 'payload' : undefined
  }

  /** Sends the request as it is now, or takes the reader to the first field that is wrong. */
  async function send() {
    if (!limits.value || isSubscribing.value) return
    hasTried.value = true
    const wrong = firstWrong()
    if (wrong) {
      focus(wrong)
      return
    }
    trouble.value = undefined
    sentTo.value = undefined
    const asked: RequestFields = fields.value
    const answersTo = responseTopic.value
    isSubscribing.value = true
    const covered = await coverTopic(connection, answersTo)
    isSubscribing.value = false
    if (covered.state !== 'granted') {
      trouble.value = { uncovered: covered }
      if (covered.state !== 'offline') focus('responseTopic')
      return
    }
    const result = await publish(asked, answersTo)
    if (result && 'failure' in result) trouble.value = { failure: result.failure }
    else sentTo.value = asked.topic
    hasTried.value = false
  }

  async function publish(asked: RequestFields, answersTo: string) {
    const made = messageOf(asPublishFields(asked, answersTo, freshCorrelation()), '5.0')
    const correlation = 'message' in made ? made.message.properties?.correlationData : undefined
    if (!('message' in made) || !correlation) return undefined
    note(correlationKey(correlation), timeoutOf(asked))
    return publishing.publish(connection, made.message)
  }

  /** The payload keeps its bytes where the new type can write them. */
  function setType(type: PayloadType) {
    const { payload, type: from } = fields.value
    const converted = convertPayload(payload, from, type)
    edit({ type, ...('text' in converted && { payload: converted.text }) })
  }

  return {
    ...{ fields, state, responseTopic, issues, refused, isSubscribing, trouble, sentTo },
    ...{ edit, setType, send },
  }
}
