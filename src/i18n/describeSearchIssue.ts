import { unreachable } from '../core/failure.ts'
import type { SearchIssue } from '../core/search/search.ts'
import { describeTopicIssue } from './describeTopicIssue.ts'
import { t } from './translate.ts'

/** Why a text is no search, in one sentence that names the place; `text` is the whole of it. */
export function describeSearchIssue(issue: SearchIssue, text: string): string {
  const term = text.slice(issue.from, issue.to).trim()
  switch (issue.code) {
    case 'open-quote':
      return t('search.issue.openQuote')
    case 'no-value':
      return t('search.issue.noValue', { term })
    case 'bad-value':
      return t(`search.issue.${issue.name}`, { term })
    case 'backwards':
      return t('search.issue.backwards', { term })
    case 'bad-topic':
      return t('search.issue.topic', { term, reason: describeTopicIssue(issue.issue) })
    case 'bad-pattern':
      return t('search.issue.pattern', { term, reason: issue.detail })
    case 'bad-flag':
      return t('search.issue.flag', { term })
    case 'bad-path':
      return t('search.issue.path', { term })
    case 'no-literal':
      return t('search.issue.noLiteral', { term })
    case 'no-order':
      return t('search.issue.noOrder', { term })
    default:
      return unreachable(issue)
  }
}
