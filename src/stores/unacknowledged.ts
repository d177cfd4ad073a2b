import { defineStore } from 'pinia'
import type { PublishFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Seq } from '@/core/units.ts'
import type { RequestId } from '@/engine/protocol.ts'
import { t } from '@/i18n/translate.ts'
import { useEngine } from './engine.ts'

/** What can be done with messages that were not acknowledged; which those are is in the snapshots. */
export const useUnacknowledged = defineStore('unacknowledged', () => {
  const engine = useEngine()
  const waiting = new Map<RequestId, (failure: PublishFailure | undefined) => void>()

  /** Resolves when all are in the log as new messages, or with the first reason why one was not sent. */
  function sendAgain(
    connection: ConnectionId,
    seqs: readonly Seq[],
  ): Promise<PublishFailure | undefined> {
    const request = engine.nextRequest()
    return new Promise((resolve) => {
      waiting.set(request, resolve)
      engine.send({ type: 'sendAgain', connection, request, seqs: [...seqs] })
    })
  }

  /** The messages stay in the log and are no longer listed. */
  function discard(connection: ConnectionId, seqs: readonly Seq[]) {
    engine.send({ type: 'discardUnacknowledged', connection, seqs: [...seqs] })
  }

  function settle(request: RequestId, failure: PublishFailure | undefined) {
    waiting.get(request)?.(failure)
    waiting.delete(request)
  }

  /** An engine that has just started will not answer what the one before it was asked. */
  function abandon() {
    const failure: PublishFailure = { code: 'publish-failed', detail: t('app.engine.unanswered') }
    for (const request of [...waiting.keys()]) settle(request, failure)
  }

  return { sendAgain, discard, settle, abandon }
})
