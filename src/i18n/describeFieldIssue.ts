import { unreachable } from '../core/failure.ts'
import type { FieldIssue } from '../core/profileForm/formIssues.ts'
import { describeTopicIssue } from './describeTopicIssue.ts'
import { t } from './translate.ts'

/** What is wrong with a field of the connection form, as a sentence to stand beside it. */
export function describeFieldIssue(issue: FieldIssue): string {
  switch (issue.code) {
    case 'host-empty':
      return t('form.issue.hostEmpty')
    case 'host-character':
      return /\s/.test(issue.character)
        ? t('form.issue.hostSpace')
        : t('form.issue.hostCharacter', { character: issue.character })
    case 'host-ipv4':
      return t('form.issue.hostIpv4')
    case 'host-ipv6':
      return t('form.issue.hostIpv6')
    case 'host-name':
      return t('form.issue.hostName')
    case 'number-empty':
      return t('form.issue.numberEmpty')
    case 'number-not-whole':
      return t('form.issue.numberNotWhole')
    case 'number-out-of-range':
      return t('form.issue.numberOutOfRange', { minimum: issue.minimum, maximum: issue.maximum })
    case 'text-character':
      return t('form.issue.textCharacter')
    case 'text-too-long':
      return t('form.issue.textTooLong', { bytes: issue.bytes, maximum: issue.maximum })
    case 'path-hash':
      return t('form.issue.pathHash')
    case 'client-id-length':
      return t('form.issue.clientIdLength', { characters: issue.characters })
    case 'client-id-empty':
      return t('form.issue.clientIdEmpty')
    case 'password-without-username':
      return t('form.issue.passwordWithoutUsername')
    case 'scram-without-username':
      return t('form.issue.scramWithoutUsername')
    case 'payload-without-topic':
      return t('form.issue.payloadWithoutTopic')
    case 'topic':
      return describeTopicIssue(issue.issue)
    case 'user-property':
      return t('form.issue.inRow', { row: issue.row, issue: describeFieldIssue(issue.issue) })
    default:
      return unreachable(issue)
  }
}
