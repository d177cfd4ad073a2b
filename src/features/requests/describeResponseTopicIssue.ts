import type { ResponseTopicIssue } from '@/core/requests/responseTopic.ts'
import { describeTopicIssue } from '@/i18n/describeTopicIssue.ts'
import { t } from '@/i18n/translate.ts'

/** What is wrong with a response topic, as a sentence to stand beside its field. */
export function describeResponseTopicIssue(issue: ResponseTopicIssue): string {
  if (issue.code === 'request-topic') return t('request.sameTopic')
  if (issue.code === 'shared') return t('request.sharedTopic')
  return describeTopicIssue(issue)
}
