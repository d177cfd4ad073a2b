import type { ConnectionFailure, SubscriptionFailure } from '../core/failure.ts'
import { sentences, type FailureWords } from './failureWords.ts'
import { reasonWords } from './reasonWords.ts'
import { t } from './translate.ts'

type Refusal = Extract<ConnectionFailure, { code: 'refused' }>
type ServerDisconnect = Extract<ConnectionFailure, { code: 'server-disconnect' }>

/** The words for a CONNACK that says no (MQTT 5.0 §3.2.2.2, 3.1.1 §3.2.2.3). */
export function describeRefusal(failure: Refusal): FailureWords {
  const { version, reasonCode, reasonString, serverReference } = failure
  const { name, text } = reasonWords({ code: reasonCode, packet: 'CONNACK', version }, reasonString)
  const title = t('failure.refused', { reason: name })
  return { title, advice: sentences(text, named(serverReference)) }
}

/** The words for a DISCONNECT from the server (MQTT 5.0 §3.14.2.1). Below 0x80 it blames nobody. */
export function describeServerDisconnect({
  reasonCode,
  reasonString,
  serverReference,
}: ServerDisconnect): FailureWords {
  const { name, text } = reasonWords(
    { code: reasonCode, packet: 'DISCONNECT', version: '5.0' },
    reasonString,
  )
  const title =
    reasonCode >= 0x80
      ? t('failure.serverDisconnect.title', { reason: name })
      : t('failure.serverDisconnect.plain')
  return { title, advice: sentences(text, named(serverReference)) }
}

/** The words for an UNSUBACK that says no (MQTT 5.0 §3.11.3; there are no codes before). */
export function describeKept({
  filter,
  reasonCode,
  reasonString,
}: SubscriptionFailure): FailureWords {
  const { name, text } = reasonWords(
    { code: reasonCode, packet: 'UNSUBACK', version: '5.0' },
    reasonString,
  )
  return {
    title: t('failure.unsubscribeRefused.title', { filter, reason: name }),
    advice: sentences(text, t('failure.unsubscribeRefused.advice')),
  }
}

function named(serverReference: string | undefined): string | undefined {
  return serverReference && t('failure.otherServer', { reference: serverReference })
}
