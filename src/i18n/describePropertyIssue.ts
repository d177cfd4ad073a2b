import type { PropertyIssue } from '../core/propertyFields.ts'
import { describeFieldIssue } from './describeFieldIssue.ts'
import { t } from './translate.ts'

/** What is wrong with a property of a message, as a sentence to stand beside it. */
export function describePropertyIssue(issue: PropertyIssue): string {
  if (issue.code === 'bad-hex') return t('publish.properties.badHex')
  if (issue.code !== 'alias-too-large') return describeFieldIssue(issue)
  const { maximum } = issue
  return maximum === 0
    ? t('publish.properties.noAlias')
    : t('publish.properties.aliasTooLarge', { maximum })
}
