import { defineStore } from 'pinia'
import type { PublishFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { OutgoingMessage, PublishOutcome } from '@/core/message.ts'
import type { Seq } from '@/core/units.ts'
import type { RequestId } from '@/engine/protocol.ts'
import { t } from '@/i18n/translate.ts'
import { useEngine } from './engine.ts'

export type PublishResult = { seq: Seq; outcome: PublishOutcome } | { failure: PublishFailure }

/** Sends messages and tells each sender what became of its own. */
export const usePublishing = defineStore('publishing', () => {
  const engine = useEngine()
  const waiting = new Map<RequestId, (result: PublishResult) => void>()

  /** Resolves when the message is in the log, or with the reason why it did not leave. */
  function publish(connection: ConnectionId, message: OutgoingMessage): Promise<PublishResult> {
    const request = engine.nextRequest()
    return new Promise((resolve) => {
      waiting.set(request, resolve)
      engine.send({ type: 'publish', connection, request, message })
    })
  }

  function settle(request: RequestId, result: PublishResult) {
    waiting.get(request)?.(result)
    waiting.delete(request)
  }

  /** An engine that has just started will not answer what the one before it was asked. */
  function abandon() {
    const failure: PublishFailure = { code: 'publish-failed', detail: t('app.engine.unanswered') }
    for (const request of [...waiting.keys()]) settle(request, { failure })
  }

  return { publish, settle, abandon }
})
