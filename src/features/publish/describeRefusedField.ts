import type { PublishFailure } from '@/core/failure.ts'
import { t } from '@/i18n/translate.ts'

/** Why the connected broker would not take a field; undefined without a reason. */
export function describeRefusedField(failure: PublishFailure | undefined): string | undefined {
  switch (failure?.code) {
    case 'qos-not-supported':
      return t('publish.refusedQos', { maximum: failure.maximum })
    case 'retain-not-supported':
      return t('publish.refusedRetain')
    case 'packet-too-large':
      return t('publish.refusedSize', { size: failure.size, maximum: failure.maximum })
    case 'topic-alias-too-large':
    case 'not-connected':
    case 'publish-failed':
    case undefined:
      return undefined
  }
}
