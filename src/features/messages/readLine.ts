import type { PayloadType, PayloadView } from '@/core/draft.ts'
import type { MessageRow } from '@/core/message.ts'
import { viewPayload } from '@/core/payload/viewPayload.ts'
import type { Bytes } from '@/core/units.ts'

/** A payload in one line, as long as the widest screen. */
export type LineReading = { type: PayloadType; text: string }

/** More than fits in a line, whatever the view. */
const MAX_BYTES: Bytes = 768

/** More characters than a line has room for are never drawn. */
const MAX_CHARACTERS = 400

/**
 * The beginning of a row's payload for one line. Line breaks stay in it: where it is drawn, they and
 * what indents the lines become single spaces.
 */
export function readLine(row: MessageRow, view: PayloadView): LineReading {
  const bytes = row.preview.subarray(0, MAX_BYTES)
  const { type, text } = viewPayload(bytes, view, bytes.length < row.size)
  return { type, text: wholeStart(text) }
}

/** Never ends within a surrogate pair. */
function wholeStart(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text
  const code = text.charCodeAt(MAX_CHARACTERS - 1)
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? MAX_CHARACTERS - 1 : MAX_CHARACTERS)
}
