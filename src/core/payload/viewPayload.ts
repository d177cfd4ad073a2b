import type { PayloadType, PayloadView } from '../draft.ts'
import { decodeUtf8, decodeUtf8Leniently } from '../text.ts'
import { encodeBase64 } from './base64.ts'
import { formatJson } from './formatJson.ts'
import { formatHex } from './hex.ts'
import { invalidUtf8At, withoutCutCharacter } from './invalidUtf8.ts'
import type { PayloadIssue } from './payloadIssue.ts'

/** `\u0000`: a cut within a word or an escape is reported at its start, at most so far from the end. */
const LONGEST_LEXEME = 6

/** A payload as a person reads it: `type` is what `auto` chose, or what it had to fall back to. */
export type PayloadReading = { type: PayloadType; text: string; issue?: PayloadIssue }

/**
 * Bytes as text. `auto` shows objects and arrays of JSON as JSON, other text as plaintext, and bytes
 * that are not UTF-8, or are mostly control characters, as hex. JSON is laid out without changing a
 * lexeme. What was asked for and is not so has an `issue`: text that is not UTF-8 is marked, and JSON
 * that is not UTF-8 is shown as hex.
 *
 * `isCut` says that the bytes are only the beginning of a payload: then a last character or a JSON text
 * that merely ends too early is no issue.
 */
export function viewPayload(bytes: Uint8Array, view: PayloadView, isCut = false): PayloadReading {
  switch (view) {
    case 'auto':
      return viewAuto(bytes, isCut)
    case 'plaintext':
      return viewText(bytes, isCut)
    case 'json':
      return viewJson(bytes, isCut)
    case 'base64':
      return { type: 'base64', text: encodeBase64(bytes) }
    case 'hex':
      return { type: 'hex', text: formatHex(bytes) }
  }
}

function viewAuto(bytes: Uint8Array, isCut: boolean): PayloadReading {
  const text = readText(bytes, isCut)
  if (text === undefined || isMostlyControl(text)) return { type: 'hex', text: formatHex(bytes) }
  if (/^[ \t\r\n]*[[{]/.test(text)) {
    const json = formatted(text, isCut)
    if (!json.issue) return json
  }
  return { type: 'plaintext', text }
}

function viewText(bytes: Uint8Array, isCut: boolean): PayloadReading {
  const text = readText(bytes, isCut)
  if (text !== undefined) return { type: 'plaintext', text }
  return { type: 'plaintext', text: decodeUtf8Leniently(bytes), issue: notUtf8(bytes) }
}

function viewJson(bytes: Uint8Array, isCut: boolean): PayloadReading {
  const text = readText(bytes, isCut)
  if (text === undefined) return { type: 'hex', text: formatHex(bytes), issue: notUtf8(bytes) }
  return formatted(text, isCut)
}

function formatted(text: string, isCut: boolean): PayloadReading {
  const json = formatJson(text)
  if (!json.issue || (isCut && text.length - json.issue.at < LONGEST_LEXEME)) {
    return { type: 'json', text: json.text }
  }
  return { type: 'json', text: json.text, issue: json.issue }
}

function readText(bytes: Uint8Array, isCut: boolean): string | undefined {
  return decodeUtf8(isCut ? withoutCutCharacter(bytes) : bytes)
}

function notUtf8(bytes: Uint8Array): PayloadIssue {
  return { code: 'not-utf8', at: invalidUtf8At(bytes) }
}

/** Small numbers in binary are valid UTF-8 too; but nobody writes text of control characters. */
function isMostlyControl(text: string): boolean {
  let controls = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const isLayout = code === 0x09 || code === 0x0a || code === 0x0d
    if (code === 0x7f || (code < 0x20 && !isLayout)) controls += 1
  }
  return controls * 2 >= text.length && text.length > 0
}
