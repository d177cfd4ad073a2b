import type { UserProperty } from '../message.ts'
import { utf8Length } from '../text.ts'
import { MAX_STRING_BYTES } from '../topic.ts'
import type { Bytes } from '../units.ts'

/** What is wrong with a text that goes into an MQTT packet. */
export type TextIssue =
  /** U+0000 or a lone surrogate (MQTT 5.0 §1.5.4). */
  { code: 'text-character' } | { code: 'text-too-long'; bytes: Bytes; maximum: Bytes }

/** What is wrong with a list of user properties; `row` counts from 1. */
export type RowIssue = {
  code: 'user-property'
  row: number
  part: keyof UserProperty
  issue: TextIssue
}

/** The issue of a UTF-8 string (MQTT 5.0 §1.5.4), or undefined when it can be sent. */
export function textIssue(text: string): TextIssue | undefined {
  if (text.includes('\0') || /\p{Surrogate}/u.test(text)) return { code: 'text-character' }
  const bytes = utf8Length(text)
  if (bytes <= MAX_STRING_BYTES) return undefined
  return { code: 'text-too-long', bytes, maximum: MAX_STRING_BYTES }
}

/** The first issue in a list of user properties, or undefined. */
export function rowsIssue(rows: readonly UserProperty[]): RowIssue | undefined {
  for (const [index, row] of rows.entries()) {
    for (const part of ['name', 'value'] as const) {
      const issue = textIssue(row[part])
      if (issue) return { code: 'user-property', row: index + 1, part, issue }
    }
  }
  return undefined
}
