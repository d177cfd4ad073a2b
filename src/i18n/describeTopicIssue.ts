import { unreachable } from '@/core/failure.ts'
import { MAX_STRING_BYTES, type TopicIssue } from '@/core/topic.ts'
import { t } from './translate.ts'

/** What is wrong with a topic name or filter, as a sentence to stand beside its field. */
export function describeTopicIssue(issue: TopicIssue): string {
  switch (issue.code) {
    case 'empty':
      return t('topic.empty')
    case 'too-long':
      return t('topic.tooLong', { bytes: issue.bytes, maximum: MAX_STRING_BYTES })
    case 'bad-character':
      return t('topic.badCharacter')
    case 'wildcard-in-topic':
      return t('topic.wildcardInTopic', { wildcard: issue.wildcard })
    case 'misplaced-hash':
      return t('topic.misplacedHash')
    case 'misplaced-plus':
      return t('topic.misplacedPlus')
    case 'bad-share':
      return t('topic.badShare')
    default:
      return unreachable(issue)
  }
}
