import type { MqttVersion } from '@/core/profile.ts'
import { formatReasonCode, reasonName } from '@/core/reasonCode.ts'
import type { Grant } from '@/core/subscription.ts'
import { t } from '@/i18n/translate.ts'

/** Why the broker refused a subscription, and what it said itself; undefined when it did not. */
export function describeRefusal(grant: Grant, version: MqttVersion): string | undefined {
  if (grant.state !== 'refused') return undefined
  const { reasonCode, reasonString } = grant
  const why =
    version === '5.0'
      ? t('subscription.refused', {
          reason: reasonName(reasonCode),
          code: formatReasonCode(reasonCode),
        })
      : t('subscription.refusedUnnamed')
  return reasonString ? `${why} ${t('subscription.said', { text: reasonString })}` : why
}
