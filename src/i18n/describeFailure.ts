import { unreachable } from '../core/failure.ts'
import type {
  ConnectionFailure,
  PublishFailure,
  StorageFailure,
  SubscriptionFailure,
} from '../core/failure.ts'
import { keepAliveBelow } from '../core/idleness.ts'
import { SCRAM_METHODS } from '../core/scram/scramMethod.ts'
import { describeClose } from './describeClose.ts'
import { describeKept, describeRefusal, describeServerDisconnect } from './describeReason.ts'
import { describeOpening } from './describeOpening.ts'
import { describeStorage } from './describeStorage.ts'
import { fixedWords, sentences, type FailureWords } from './failureWords.ts'
import { t } from './translate.ts'

/**
 * The words for any failure: what happened, the likeliest causes in order, and what to do next.
 * Nothing secret is in them: no credentials, and no query of a URL.
 */
export function describeFailure(
  failure: ConnectionFailure | StorageFailure | SubscriptionFailure | PublishFailure,
): FailureWords {
  switch (failure.code) {
    case 'mixed-content':
    case 'blocked-port':
    case 'blocked-by-policy':
    case 'no-subprotocol':
    case 'bad-url':
    case 'unreachable':
    case 'open-timeout':
    case 'closed-before-connack':
    case 'connack-timeout':
      return describeOpening(failure)
    case 'refused':
      return describeRefusal(failure)
    case 'server-disconnect':
      return describeServerDisconnect(failure)
    case 'connection-lost':
      return {
        title: t('failure.connectionLost.title'),
        advice: sentences(whyLost(failure), describeClose(failure.closeCode, failure.closeReason)),
      }
    case 'closed-after-connack': {
      const seconds = (failure.after / 1_000).toFixed(1)
      const { title, advice } = fixedWords('closedAfterConnack', { times: failure.times, seconds })
      return {
        title,
        advice: sentences(advice, describeClose(failure.closeCode, failure.closeReason)),
      }
    }
    case 'keep-alive-timeout':
      return fixedWords('keepAliveTimeout', { keepAlive: failure.keepAlive })
    case 'protocol-error':
      return fixedWords('protocolError', { detail: failure.detail })
    case 'auth-exchange':
      return fixedWords('authExchange', {
        method: failure.method,
        known: SCRAM_METHODS.join(', '),
      })
    case 'auth-insecure':
      return fixedWords('authInsecure', { method: failure.method })
    case 'auth-message': {
      const { title, advice } = fixedWords('authMessage')
      return { title, advice: sentences(t(`failure.authMessage.${failure.problem}`), advice) }
    }
    case 'auth-unproven':
      return fixedWords('authUnproven')
    case 'dropped':
      return fixedWords('dropped')
    case 'unexpected':
      return fixedWords('unexpected', { detail: failure.detail })
    case 'storage':
      return describeStorage(failure)
    case 'unsubscribe-refused':
      return describeKept(failure)
    case 'not-connected':
      return fixedWords('notConnected')
    case 'packet-too-large':
      return fixedWords('packetTooLarge', { size: failure.size, maximum: failure.maximum })
    case 'qos-not-supported':
      return fixedWords('qosNotSupported', { maximum: failure.maximum })
    case 'retain-not-supported':
      return fixedWords('retainNotSupported')
    case 'topic-alias-too-large':
      return fixedWords('topicAliasTooLarge', { maximum: failure.maximum })
    case 'publish-failed':
      return fixedWords('publishFailed', { detail: failure.detail })
    default:
      return unreachable(failure)
  }
}

function whyLost({ clean, idle }: Extract<ConnectionFailure, { code: 'connection-lost' }>): string {
  if (clean) return t('failure.connectionLost.closed')
  if (idle === undefined) return t('failure.connectionLost.cut')
  const seconds = (idle / 1_000).toFixed(1)
  return t('failure.connectionLost.idle', { seconds, keepAlive: keepAliveBelow(idle) })
}
