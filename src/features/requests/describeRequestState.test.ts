import { expect, test } from 'vitest'
import type { RequestState } from '@/core/requests/requestState.ts'
import { describeRequestState } from './describeRequestState.ts'

test.each<[RequestState, string]>([
  [{ state: 'waiting' }, 'Waiting'],
  [{ state: 'answered', count: 1 }, '1 answer'],
  [{ state: 'answered', count: 3 }, '3 answers'],
  [{ state: 'unanswered' }, 'No answer within 5 s'],
  [{ state: 'nobody' }, 'Nobody is subscribed'],
  [
    { state: 'refused', outcome: { state: 'refused', reasonCode: 0x97 } },
    'Refused: Quota exceeded',
  ],
])('[RQ4] each state has its words: %o', (state, words) => {
  expect(describeRequestState(state, { qos: 1, timeout: 5 }).words).toBe(words)
})
