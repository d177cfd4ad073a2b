import type { PublishOutcome } from '../message.ts'
import { NO_MATCHING_SUBSCRIBERS } from '../reasonCode.ts'
import type { EpochMs, Seconds } from '../units.ts'
import type { Answer, Request } from './pairAnswers.ts'

/** How it stands with a request. `nobody`: the broker has taken it, and nobody is subscribed to its topic. */
export type RequestState =
  | { state: 'waiting' }
  | { state: 'answered'; count: number }
  | { state: 'unanswered' }
  | { state: 'nobody' }
  | { state: 'refused'; outcome: Extract<PublishOutcome, { state: 'refused' }> }

/** The state of a request at a time. What has come counts before all else, also when it was late. */
export function requestState(request: Request, timeout: Seconds, now: EpochMs): RequestState {
  const { row, answers } = request
  const { outcome } = row
  if (answers.length > 0) return { state: 'answered', count: answers.length }
  if (outcome?.state === 'refused') return { state: 'refused', outcome }
  if (outcome?.state === 'acknowledged' && outcome.reasonCode === NO_MATCHING_SUBSCRIBERS) {
    return { state: 'nobody' }
  }
  return { state: now < endOf(request, timeout) ? 'waiting' : 'unanswered' }
}

/** When the time of a request is over. */
export function endOf({ row }: Request, timeout: Seconds): EpochMs {
  return row.time + timeout * 1_000
}

/** Whether an answer came after the time of its request was over. */
export function isLate({ latency }: Answer, timeout: Seconds): boolean {
  return latency > timeout * 1_000
}
