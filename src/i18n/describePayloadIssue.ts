import { unreachable } from '../core/failure.ts'
import type { JsonReason, PayloadIssue } from '../core/payload/payloadIssue.ts'
import { t, type MessageKey } from './translate.ts'

/** What is wrong with a payload and where, in one sentence. */
export function describePayloadIssue(issue: PayloadIssue): string {
  switch (issue.code) {
    case 'bad-json':
      return t('message.issue.badJson', { ...place(issue), reason: t(JSON_REASONS[issue.reason]) })
    case 'bad-base64':
      return t('message.issue.badBase64', place(issue))
    case 'base64-length':
      return t('message.issue.base64Length')
    case 'base64-bits':
      return t('message.issue.base64Bits', place(issue))
    case 'bad-hex':
      return t('message.issue.badHex', place(issue))
    case 'odd-hex':
      return t('message.issue.oddHex', place(issue))
    case 'lone-surrogate':
      return t('message.issue.loneSurrogate', place(issue))
    case 'not-utf8':
      return t('message.issue.notUtf8', { at: issue.at })
    default:
      return unreachable(issue)
  }
}

function place({ line, column }: { line: number; column: number }) {
  return { line, column }
}

const JSON_REASONS: Record<JsonReason, MessageKey> = {
  empty: 'message.json.empty',
  'byte-order-mark': 'message.json.byteOrderMark',
  character: 'message.json.character',
  comment: 'message.json.comment',
  quotes: 'message.json.quotes',
  word: 'message.json.word',
  value: 'message.json.value',
  key: 'message.json.key',
  colon: 'message.json.colon',
  comma: 'message.json.comma',
  'trailing-comma': 'message.json.trailingComma',
  'wrong-bracket': 'message.json.wrongBracket',
  'after-end': 'message.json.afterEnd',
  'leading-zero': 'message.json.leadingZero',
  number: 'message.json.number',
  escape: 'message.json.escape',
  'control-character': 'message.json.controlCharacter',
  'open-string': 'message.json.openString',
  'open-array': 'message.json.openArray',
  'open-object': 'message.json.openObject',
}
