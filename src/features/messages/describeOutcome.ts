import type { PublishOutcome, QoS } from '@/core/message.ts'
import { NO_MATCHING_SUBSCRIBERS } from '@/core/reasonCode.ts'
import { publishReason } from '@/i18n/publishReason.ts'
import { t } from '@/i18n/translate.ts'

/** A published message and what became of it. */
export type Published = { qos: QoS; outcome?: PublishOutcome }

/** What became of a published message, in a few words; undefined where that is not known. */
export function describeOutcome({ qos, outcome }: Published): string | undefined {
  switch (outcome?.state) {
    case undefined:
      return undefined
    case 'pending':
      return t('message.outcome.pending')
    case 'received':
      return t('message.outcome.received')
    case 'sent':
      return t('message.outcome.sent')
    case 'acknowledged':
      if (outcome.reasonCode === NO_MATCHING_SUBSCRIBERS) return t('message.outcome.noSubscribers')
      return t(qos === 2 ? 'message.outcome.complete' : 'message.outcome.acknowledged')
    case 'refused':
      return t('message.outcome.refused', { reason: publishReason(outcome, qos).name })
    case 'unacknowledged':
      return t('message.outcome.unacknowledged')
  }
}

/** What the broker's reason code says, and its own words; undefined where there is none but success. */
export function describeAnswer({ qos, outcome }: Published): string | undefined {
  if (outcome?.state !== 'refused' && outcome?.state !== 'acknowledged') return undefined
  if (outcome.reasonCode === 0) return undefined
  const { name, text } = publishReason(outcome, qos)
  return `${name}. ${text}`
}
