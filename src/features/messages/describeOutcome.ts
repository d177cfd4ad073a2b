import type { PublishOutcome } from '@/core/message.ts'
import { formatReasonCode, reasonName } from '@/core/reasonCode.ts'
import { t } from '@/i18n/translate.ts'

/** MQTT 5.0 §3.4.2.1: the broker took the message, and nobody has subscribed to its topic. */
const NO_MATCHING_SUBSCRIBERS = 0x10

/** What became of a published message, in a few words. */
export function describeOutcome(outcome: PublishOutcome): string {
  switch (outcome.state) {
    case 'pending':
      return t('message.outcome.pending')
    case 'sent':
      return t('message.outcome.sent')
    case 'acknowledged':
      return outcome.reasonCode === NO_MATCHING_SUBSCRIBERS
        ? t('message.outcome.noSubscribers')
        : t('message.outcome.acknowledged')
    case 'refused':
      return t('message.outcome.refused', { reason: reasonName(outcome.reasonCode) })
    case 'unacknowledged':
      return t('message.outcome.unacknowledged')
  }
}

/** The broker's own words for a refusal, with its code; undefined where there was none. */
export function describeRefusal(outcome: PublishOutcome): string | undefined {
  if (outcome.state !== 'refused') return undefined
  const name = `${reasonName(outcome.reasonCode)}, ${formatReasonCode(outcome.reasonCode)}`
  return outcome.reasonString ? `${name}: “${outcome.reasonString}”` : name
}
