import type { MqttVersion } from '@/core/profile.ts'
import type { SubscriptionStatus } from '@/core/subscription.ts'
import { reasonWords } from '@/i18n/reasonWords.ts'
import { t } from '@/i18n/translate.ts'

/** A refusal in words: a line that names the reason, and what that means. */
export type RefusalWords = { title: string; text: string }

/**
 * Why the broker refused a subscription (MQTT 5.0 §3.9.3, 3.1.1 §3.9.3) or its end (5.0 §3.11.3, before
 * which there are no codes), and what it said itself; undefined when it did not.
 */
export function describeRefusal(
  grant: SubscriptionStatus['grant'],
  version: MqttVersion,
): RefusalWords | undefined {
  if (grant.state !== 'refused' && grant.state !== 'kept') return undefined
  const { reasonCode: code, reasonString } = grant
  if (grant.state === 'kept') {
    const { name, text } = reasonWords({ code, packet: 'UNSUBACK', version: '5.0' }, reasonString)
    return { title: t('subscription.kept', { reason: name }), text }
  }
  const { name, text } = reasonWords({ code, packet: 'SUBACK', version }, reasonString)
  return { title: t('subscription.refused', { reason: name }), text }
}
