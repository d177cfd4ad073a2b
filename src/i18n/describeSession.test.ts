import { expect, test } from 'vitest'
import { MQTT_VERSIONS } from '../core/profile.ts'
import type { SessionOrigin } from '../core/session.ts'
import { describeSession } from './describeSession.ts'

const ORIGINS = {
  resumed: 'session resumed',
  clean: 'new session',
  'none-kept': 'new session',
  ended: 'new session',
  expired: 'session expired',
  lost: 'session lost',
  unsaid: 'session unknown',
} satisfies Record<SessionOrigin, string>

test.each(Object.entries(ORIGINS) as [SessionOrigin, string][])(
  '[SY5] %s is “%s” and whole sentences of its own',
  (origin, short) => {
    for (const version of MQTT_VERSIONS) {
      const words = describeSession({ origin }, version)
      expect(words).toMatchObject({ short, queue: undefined })
      expect(words.reason).toMatch(/^[A-Z].{15,}\.$/)
      expect(words.reason).not.toMatch(/\{\w+\}|undefined/)
      expect(words.isLoss).toBe(words.reason.includes('is lost'))
    }
  },
)

test('[SY5] the flag in CONNECT has the name that its version gives it', () => {
  expect(describeSession({ origin: 'clean' }, '3.1.1').reason).toContain('Clean Session is on')
  expect(describeSession({ origin: 'clean' }, '5.0').reason).toContain('Clean Start is on')
})

test.each([
  [0, false, 'Messages out of the queue so far: 0.'],
  [1234, false, 'Messages out of the queue so far: 1,234.'],
  [0, true, 'Nothing was queued.'],
  [1, true, '1 message came out of the queue.'],
  [1234, true, '1,234 messages came out of the queue.'],
])('[SY5] a queue of %i, over: %s, is told as “%s”', (count, isOver, words) => {
  const story = { origin: 'resumed', queue: { count, isOver } } as const
  expect(describeSession(story, '5.0').queue).toBe(words)
})
