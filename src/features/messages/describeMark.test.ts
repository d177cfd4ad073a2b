import { expect, test } from 'vitest'
import type { Mark } from '@/core/message.ts'
import { describeMark } from './describeMark.ts'

test.each([
  [{ type: 'session', present: true }, 'Session resumed: the broker kept it.'],
  [{ type: 'session', present: false }, 'New session.'],
  [
    { type: 'session', present: false, lost: true },
    'New session: the broker had not kept the old one.',
  ],
  [
    { type: 'session', present: false, lost: true, expired: true },
    'New session: the Session Expiry Interval of the old one was over.',
  ],
  [{ type: 'queue', count: 1 }, '1 message came out of the queue.'],
  [{ type: 'queue', count: 1000 }, '1,000 messages came out of the queue.'],
] satisfies [Mark, string][])('[SY4] the mark %j is told in a sentence', (mark, words) => {
  expect(describeMark(mark, 'local')).toBe(words)
})
