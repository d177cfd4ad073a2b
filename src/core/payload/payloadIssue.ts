/** Where a text stops being what it should be: `at` counts UTF-16 units from 0, the others from 1. */
export type TextPosition = { at: number; line: number; column: number }

/** Why a text is not JSON (RFC 8259). `open-…` means that the text ends before what was begun. */
export type JsonReason =
  | 'empty'
  | 'byte-order-mark'
  | 'character'
  | 'comment'
  | 'quotes'
  | 'word'
  | 'value'
  | 'key'
  | 'colon'
  | 'comma'
  | 'trailing-comma'
  | 'wrong-bracket'
  | 'after-end'
  | 'leading-zero'
  | 'number'
  | 'escape'
  | 'control-character'
  | 'open-string'
  | 'open-array'
  | 'open-object'

/** Why a typed text is not the bytes it should be, or bytes are not what they are shown as. */
export type PayloadIssue =
  | ({ code: 'bad-json'; reason: JsonReason } & TextPosition)
  /** A character that is in neither alphabet of RFC 4648 §4 and §5, or something behind the padding. */
  | ({ code: 'bad-base64' } & TextPosition)
  /** One letter too many, or `=` signs that do not fill up the last group of four. */
  | { code: 'base64-length' }
  /** The last letter says more bits than its bytes have, so a letter is wrong or missing. */
  | ({ code: 'base64-bits' } & TextPosition)
  | ({ code: 'bad-hex' } & TextPosition)
  /** A group with an odd number of digits: half a byte. */
  | ({ code: 'odd-hex' } & TextPosition)
  /** Half of a UTF-16 pair, which UTF-8 cannot carry. */
  | ({ code: 'lone-surrogate' } & TextPosition)
  /** `at` is the first byte, from 0, that is not well-formed UTF-8. */
  | { code: 'not-utf8'; at: number }

/**
 * The line and column of offset `at`. A line ends with LF, CR LF or CR; a column is one code point, so
 * that an emoji counts once.
 */
export function positionAt(text: string, at: number): TextPosition {
  let line = 1
  let lineStart = 0
  for (let index = 0; index < at; index += 1) {
    const code = text.charCodeAt(index)
    const ends = code === 0x0a || (code === 0x0d && text.charCodeAt(index + 1) !== 0x0a)
    if (!ends) continue
    line += 1
    lineStart = index + 1
  }
  let column = 1
  for (let index = lineStart; index < at; index += 1) {
    const code = text.charCodeAt(index)
    const isSecondHalf = code >= 0xdc00 && code < 0xe000
    if (!isSecondHalf) column += 1
  }
  return { at, line, column }
}
