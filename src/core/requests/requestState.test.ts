import { describe, expect, test } from 'vitest'
import type { PublishOutcome } from '../message.ts'
import { pairAnswers } from './pairAnswers.ts'
import { endOf, isLate, requestState } from './requestState.ts'
import { answerRow, requestRow } from './testing/rows.ts'

/** A request at time 0 with answers at these times, in milliseconds. */
function request(answers: number[] = [], outcome?: PublishOutcome) {
  const row = { ...requestRow(0, 'r', 'a'), ...(outcome && { outcome }) }
  const received = answers.map((time, i) => ({ ...answerRow(1 + i, 'r', 'a'), time }))
  const [made] = pairAnswers([row], received)
  if (!made) throw new Error('No request')
  return made
}

describe('the state of a request', () => {
  test('[RQ4] it waits until its time-out is over, and then has no answer', () => {
    expect(endOf(request(), 5)).toBe(5_000)
    expect(requestState(request(), 5, 4_999)).toEqual({ state: 'waiting' })
    expect(requestState(request(), 5, 5_000)).toEqual({ state: 'unanswered' })
  })

  test('[RQ4] answers count before all else, late ones too', () => {
    const nobody = { state: 'acknowledged', reasonCode: 0x10 } as const
    const state = requestState(request([1, 9_000], nobody), 5, 10_000)
    expect(state).toEqual({ state: 'answered', count: 2 })
  })

  test('[RQ4] that nobody is subscribed is known at once, and stays known', () => {
    const alone = request([], { state: 'acknowledged', reasonCode: 0x10 })
    expect(requestState(alone, 5, 1)).toEqual({ state: 'nobody' })
    expect(requestState(alone, 5, 60_000)).toEqual({ state: 'nobody' })
  })

  test('[RQ4] a refusal has the broker’s reason', () => {
    const outcome = { state: 'refused', reasonCode: 0x87 } as const
    expect(requestState(request([], outcome), 5, 1)).toEqual({ state: 'refused', outcome })
  })

  test.each<PublishOutcome>([
    { state: 'pending' },
    { state: 'sent' },
    { state: 'acknowledged', reasonCode: 0 },
    { state: 'unacknowledged' },
  ])('[RQ4] what became of the message says nothing of an answer: $state', (outcome) => {
    expect(requestState(request([], outcome), 5, 1)).toEqual({ state: 'waiting' })
  })

  test('[RQ3] an answer is late when the time-out was over before it', () => {
    const { answers } = request([12, 5_000, 5_001])
    expect(answers.map((answer) => isLate(answer, 5))).toEqual([false, false, true])
  })
})
