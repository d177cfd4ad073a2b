import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { PayloadType } from '@/core/draft.ts'
import type { PublishFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import { encodePayload } from '@/core/payload/encodePayload.ts'
import { formatJson } from '@/core/payload/formatJson.ts'
import { convertPayload, messageOf, refusedFields } from '@/core/publishForm.ts'
import { propertyIssues } from '@/core/propertyFields.ts'
import { topicIssue } from '@/core/topic.ts'
import { describeFailure } from '@/i18n/describeFailure.ts'
import { t } from '@/i18n/translate.ts'
import { useConnections } from '@/stores/connections.ts'
import { useNotices } from '@/stores/notices.ts'
import { usePublishing } from '@/stores/publishing.ts'
import type { PublishDraft } from './usePublishDraft.ts'

export type PublishField = 'topic' | 'qos' | 'retain' | 'payload' | 'properties'

/** What is wrong with the draft of a connection, and sending it. */
export function usePublishForm(
  connection: ConnectionId,
  draft: PublishDraft,
  focus: (field: PublishField) => void,
) {
  const connections = useConnections()
  const publishing = usePublishing()
  const notices = useNotices()

  /** Whether publishing was tried since the last message: only then is an empty topic an issue. */
  const hasTried = shallowRef(false)
  const failure = shallowRef<PublishFailure>()
  const publishedTo = shallowRef<string>()
  /** The bytes of the last switch of type were no text, so the characters were kept. */
  const isKeptAsTyped = shallowRef(false)
  let isLeft = false
  onScopeDispose(() => (isLeft = true))

  // What failed was the draft as it was.
  watch(draft.fields, () => (failure.value = undefined))

  const profile = computed(() => connections.get(connection)?.profile)
  const state = computed(() => connections.get(connection)?.state)
  const limits = computed(() =>
    state.value?.phase === 'connected' ? state.value.limits : undefined,
  )

  const badTopic = computed(() => {
    const issue = topicIssue(draft.fields.value.topic)
    return issue?.code === 'empty' && !hasTried.value ? undefined : issue
  })
  // Of the settled text, since to check a large payload with each key would slow typing down.
  const encoded = computed(() =>
    encodePayload(draft.settled.value.payload, draft.settled.value.type),
  )
  const badPayload = computed(() => ('issue' in encoded.value ? encoded.value.issue : undefined))
  const isMqtt5 = computed(() => profile.value?.version === '5.0')
  const badProperties = computed(() =>
    isMqtt5.value
      ? propertyIssues(draft.fields.value.properties, limits.value?.topicAliasMaximum)
      : {},
  )
  const refused = computed(() => {
    if (!limits.value || !profile.value) return {}
    const size = 'bytes' in encoded.value ? encoded.value.bytes.length : undefined
    return refusedFields(draft.fields.value, size, profile.value.version, limits.value)
  })

  function firstWrong(): PublishField | undefined {
    const { qos, retain, payload } = refused.value
    if (badTopic.value) return 'topic'
    if (qos) return 'qos'
    if (retain) return 'retain'
    if (Object.keys(badProperties.value).length > 0) return 'properties'
    return (badPayload.value ?? payload) ? 'payload' : undefined
  }

  /** Sends the draft, or takes the reader to the first field that is wrong. The draft stays. */
  async function publish() {
    draft.save()
    if (!limits.value || !profile.value) return
    hasTried.value = true
    const reading = messageOf(draft.fields.value, profile.value.version)
    const wrong = firstWrong()
    if (wrong || 'issues' in reading) {
      focus(wrong ?? 'payload')
      return
    }
    failure.value = undefined
    publishedTo.value = undefined
    hasTried.value = false
    const result = await publishing.publish(connection, reading.message)
    if (!('failure' in result)) publishedTo.value = reading.message.topic
    else if (isLeft) reportElsewhere(result.failure)
    else failure.value = result.failure
  }

  function reportElsewhere(reason: PublishFailure) {
    const { title, advice } = describeFailure(reason)
    const name = profile.value?.name ?? ''
    notices.show(
      { tone: 'danger', title: t('publish.failed', { name }), detail: `${title}. ${advice}` },
      'lasting',
    )
  }

  /** The payload keeps its bytes where the new type can write them. */
  function setType(type: PayloadType) {
    const { payload, type: from } = draft.fields.value
    const converted = convertPayload(payload, from, type)
    draft.edit({ type, ...('text' in converted && { payload: converted.text }) })
    draft.save()
    isKeptAsTyped.value = 'issue' in converted && converted.issue.code === 'not-utf8'
  }

  function setPayload(payload: string) {
    isKeptAsTyped.value = false
    draft.edit({ payload })
  }

  /** Lays valid JSON out; no lexeme changes. */
  function format() {
    draft.save()
    if (badPayload.value) focus('payload')
    else setPayload(formatJson(draft.fields.value.payload).text)
    draft.save()
  }

  return {
    ...{
      isMqtt5,
      limits,
      badProperties,
      state,
      badTopic,
      badPayload,
      refused,
      failure,
      publishedTo,
      isKeptAsTyped,
    },
    ...{ publish, setType, setPayload, format },
  }
}
