import type { MqttVersion } from '../core/profile.ts'
import type { QueueCount, SessionOrigin, SessionStory } from '../core/session.ts'
import { t } from './translate.ts'

export type SessionWords = {
  /** Two words, for where there is little room. */
  short: string
  /** Why the session is what it is; a sentence or two. */
  reason: string
  /** What came out of its queue, as far as it is known; only of a session that was resumed. */
  queue: string | undefined
  /** Messages may be missing. */
  isLoss: boolean
}

/** The story of a session in words; `version` decides what its flag in CONNECT is called. */
export function describeSession(
  { origin, queue }: SessionStory,
  version: MqttVersion,
): SessionWords {
  const flag = t(version === '5.0' ? 'session.cleanStart' : 'session.cleanSession')
  return {
    short: t(`session.short.${shortOf(origin)}`),
    reason: t(`session.reason.${origin}`, { flag }),
    queue: queue && describeQueue(queue),
    isLoss: origin === 'lost' || origin === 'expired',
  }
}

/** How many messages came out of the queue, or have come so far. */
export function describeQueue({ count, isOver }: QueueCount): string {
  if (!isOver) return t('session.queue.counting', { count })
  if (count === 0) return t('session.queue.none')
  return count === 1 ? t('session.queue.one') : t('session.queue.many', { count })
}

function shortOf(origin: SessionOrigin) {
  return origin === 'clean' || origin === 'none-kept' || origin === 'ended' ? 'new' : origin
}
