import {
  MAX_SUBSCRIPTION_IDENTIFIER,
  type FilterIssue,
  type IdentifierIssue,
} from '@/core/subscriptionForm.ts'
import { describeTopicIssue } from '@/i18n/describeTopicIssue.ts'
import { t } from '@/i18n/translate.ts'

/** What is wrong with a filter, as a sentence beside its field. */
export function describeFilterIssue(issue: FilterIssue): string {
  if (issue.code === 'duplicate') return t('subscription.duplicate')
  if (issue.code === 'wildcards-not-supported') return t('subscription.wildcardsNotSupported')
  if (issue.code === 'shared-not-supported') return t('subscription.sharedNotSupported')
  return describeTopicIssue(issue)
}

/** What is wrong with a subscription identifier. */
export function describeIdentifierIssue(issue: IdentifierIssue): string {
  switch (issue.code) {
    case 'out-of-range':
      return t('subscription.identifierRange', { maximum: MAX_SUBSCRIPTION_IDENTIFIER })
    case 'identifiers-not-supported':
      return t('subscription.identifiersNotSupported')
  }
}
