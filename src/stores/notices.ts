import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ConnectionFailure, StorageFailure, SubscriptionFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Milliseconds } from '@/core/units.ts'
import { describeFailure } from '@/i18n/describeFailure.ts'
import { useConnections } from './connections.ts'

/** A short message about something that happened elsewhere than where the reader looks. */
export type Notice = {
  id: number
  tone: 'info' | 'danger'
  title: string
  detail?: string
  action?: { label: string; run: () => void }
}

/** `lasting` notices stay until they are dismissed; others go by themselves. */
export type NoticeLife = Milliseconds | 'lasting'

/** The notices on the screen, oldest first. The same words are shown once, however often reported. */
export const useNotices = defineStore('notices', () => {
  const notices = shallowRef<readonly Notice[]>([])
  let lastId = 0

  function show(notice: Omit<Notice, 'id'>, life: NoticeLife): number {
    const same = notices.value.find(
      (other) => other.title === notice.title && other.detail === notice.detail && !notice.action,
    )
    if (same) return same.id
    lastId += 1
    const id = lastId
    notices.value = [...notices.value, { ...notice, id }]
    if (life !== 'lasting') setTimeout(() => dismiss(id), life)
    return id
  }

  function dismiss(id: number) {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  function reportFailure(
    failure: StorageFailure | ConnectionFailure | SubscriptionFailure,
    connection?: ConnectionId,
  ) {
    const { title, advice } = describeFailure(failure)
    const name = connection && useConnections().get(connection)?.profile.name
    show({ tone: 'danger', title: name ? `${name}: ${title}` : title, detail: advice }, 'lasting')
  }

  return { notices, show, dismiss, reportFailure }
})
