import type { ConnectionFailure } from '../core/failure.ts'
import type { FailureWords } from './failureWords.ts'
import { reasonWords } from './reasonWords.ts'
import { t } from './translate.ts'

type Refusal = Extract<ConnectionFailure, { code: 'refused' }>
type ServerDisconnect = Extract<ConnectionFailure, { code: 'server-disconnect' }>

/** The words for a CONNACK that says no (MQTT 5.0 §3.2.2.2, 3.1.1 §3.2.2.3). */
export function describeRefusal({ version, reasonCode, reasonString }: Refusal): FailureWords {
  const { name, text } = reasonWords({ code: reasonCode, packet: 'CONNACK', version }, reasonString)
  return { title: t('failure.refused', { reason: name }), advice: text }
}

/** The words for a DISCONNECT from the server (MQTT 5.0 §3.14.2.1). Below 0x80 it blames nobody. */
export function describeServerDisconnect({
  reasonCode,
  reasonString,
}: ServerDisconnect): FailureWords {
  const { name, text } = reasonWords(
    { code: reasonCode, packet: 'DISCONNECT', version: '5.0' },
    reasonString,
  )
  const title =
    reasonCode >= 0x80
      ? t('failure.serverDisconnect.title', { reason: name })
      : t('failure.serverDisconnect.plain')
  return { title, advice: text }
}
