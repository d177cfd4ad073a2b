import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import type { Row } from '@/core/message.ts'
import { pairAnswers, type Request } from '@/core/requests/pairAnswers.ts'
import { useMessages, type MessageView } from '@/stores/messages.ts'

/** So many published messages are looked through for requests, and as many on each response topic. */
const MAX_ROWS = 300

/** Most consoles use one response topic; requests with so many others before them are not followed. */
const MAX_TOPICS = 10

/**
 * The requests in the log of a connection with their answers, the newest first; undefined until the
 * engine has answered. All of it is read from the log, so nothing is missed while no console is open.
 */
export function useRequests(connection: ConnectionId) {
  const messages = useMessages()
  const published = shallowRef<Row[]>()
  const received = shallowRef<ReadonlyMap<string, Row[]>>(new Map())
  const views = new Map<string, Pick<MessageView, 'close'>>()

  const outgoing = messages.openView(({ rows }) => {
    if (!isSame(published.value, rows)) published.value = rows
  })
  outgoing.show(connection, { direction: 'out' }, { last: MAX_ROWS })

  /** Those that requests name, the latest first. */
  const topics = computed(() => {
    const all = pairAnswers(published.value ?? [], []).map(({ responseTopic }) => responseTopic)
    return [...new Set(all)].slice(0, MAX_TOPICS)
  })
  watch(topics, (wanted) => {
    for (const topic of views.keys()) if (!wanted.includes(topic)) endTopic(topic)
    for (const topic of wanted) if (!views.has(topic)) followTopic(topic)
  })

  function followTopic(topic: string) {
    const view = messages.openView(({ rows }) => {
      if (isSame(received.value.get(topic), rows)) return
      received.value = new Map(received.value).set(topic, rows)
    })
    view.show(connection, { direction: 'in', topicFilter: topic }, { last: MAX_ROWS })
    views.set(topic, view)
  }

  function endTopic(topic: string) {
    views.get(topic)?.close()
    views.delete(topic)
    const rest = new Map(received.value)
    rest.delete(topic)
    received.value = rest
  }

  // A request whose answers have not been looked for yet would be called unanswered.
  const requests = computed((): Request[] | undefined => {
    if (!published.value) return undefined
    return pairAnswers(published.value, [...received.value.values()].flat()).filter(
      ({ responseTopic }) => received.value.has(responseTopic),
    )
  })
  const isComplete = computed(() => topics.value.every((topic) => received.value.has(topic)))

  onScopeDispose(() => {
    outgoing.close()
    for (const view of views.values()) view.close()
  })

  return { requests, isComplete }
}

/**
 * Whether a view has said again what it said before, as it does with whatever comes into the log. Of a row
 * only what became of the message can change.
 */
function isSame(before: readonly Row[] | undefined, now: readonly Row[]): boolean {
  if (before?.length !== now.length) return false
  return now.every((row, i) => {
    const old = before[i]
    return row.seq === old?.seq && stateOf(row) === stateOf(old)
  })
}

function stateOf(row: Row): string | undefined {
  return row.kind === 'message' ? row.outcome?.state : undefined
}
