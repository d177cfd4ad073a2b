import type { ConnectionFailure } from '../core/failure.ts'
import { MQTT_VERSIONS } from '../core/profile.ts'
import { formatReasonCode, reasonName } from '../core/reasonCode.ts'
import { sentences, type FailureWords } from './failureWords.ts'
import { reasonAdvice } from './reasonAdvice.ts'
import { t } from './translate.ts'

type Refusal = Extract<ConnectionFailure, { code: 'refused' }>
type ServerDisconnect = Extract<ConnectionFailure, { code: 'server-disconnect' }>

/** The words for a CONNACK that says no. */
export function describeRefusal({ version, reasonCode, reasonString }: Refusal): FailureWords {
  const versions = MQTT_VERSIONS.filter((other) => other !== version).join(', ')
  return {
    title: t('failure.refused.title', { reason: reasonName(reasonCode) }),
    advice: sentences(
      said(reasonString),
      t(reasonAdvice(reasonCode), { versions }),
      t('failure.refused.code', { code: formatReasonCode(reasonCode) }),
    ),
  }
}

/** The words for a DISCONNECT from the server. Below 0x80 it blames nobody. */
export function describeServerDisconnect({
  reasonCode,
  reasonString,
}: ServerDisconnect): FailureWords {
  const isFault = reasonCode >= 0x80
  return {
    title: isFault
      ? t('failure.serverDisconnect.title', { reason: reasonName(reasonCode) })
      : t('failure.serverDisconnect.plain'),
    advice: sentences(
      said(reasonString),
      t(isFault ? reasonAdvice(reasonCode) : 'failure.reason.unnamed', { versions: '' }),
      t('failure.serverDisconnect.code', { code: formatReasonCode(reasonCode) }),
    ),
  }
}

function said(text: string | undefined): string | undefined {
  return text ? t('failure.said', { text }) : undefined
}
