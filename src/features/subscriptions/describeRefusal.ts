import type { MqttVersion } from '@/core/profile.ts'
import type { Grant } from '@/core/subscription.ts'
import { reasonWords, type ReasonWords } from '@/i18n/reasonWords.ts'

/**
 * Why the broker refused a subscription (MQTT 5.0 §3.9.3, 3.1.1 §3.9.3), and what it said itself;
 * undefined when it did not.
 */
export function describeRefusal(grant: Grant, version: MqttVersion): ReasonWords | undefined {
  if (grant.state !== 'refused') return undefined
  const { reasonCode, reasonString } = grant
  return reasonWords({ code: reasonCode, packet: 'SUBACK', version }, reasonString)
}
