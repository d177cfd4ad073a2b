import type { JsonReason } from './payloadIssue.ts'

/** A lexeme ends at `end` (not included), or `reason` says what is wrong at `end`. */
export type Lexeme = { end: number; reason?: JsonReason }

const BACKSLASH = 0x5c
const QUOTE = 0x22

/** Reads the string whose opening quote is at `from` (RFC 8259 §7). Loops: no regular expression, whose
 * backtracking would limit the length of a string. */
export function readString(text: string, from: number): Lexeme {
  for (let index = from + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) return { end: index + 1 }
    if (code < 0x20) return { end: index, reason: 'control-character' }
    if (code !== BACKSLASH) continue
    const length = escapeLength(text, index)
    if (length === 0) {
      // A text that ends within an escape is unfinished rather than wrong.
      return index + 1 >= text.length
        ? { end: text.length, reason: 'open-string' }
        : { end: index, reason: 'escape' }
    }
    index += length - 1
  }
  return { end: text.length, reason: 'open-string' }
}

/** Reads the number that starts at `from` (RFC 8259 §6). */
export function readNumber(text: string, from: number): Lexeme {
  let index = text[from] === '-' ? from + 1 : from
  const isZero = text[index] === '0'
  const whole = skipDigits(text, index)
  if (whole === index) return { end: index, reason: 'number' }
  if (isZero && whole > index + 1) return { end: index, reason: 'leading-zero' }
  index = whole
  if (text[index] === '.') {
    const fraction = skipDigits(text, index + 1)
    if (fraction === index + 1) return { end: fraction, reason: 'number' }
    index = fraction
  }
  if (text[index] === 'e' || text[index] === 'E') {
    const sign = text[index + 1] === '+' || text[index + 1] === '-' ? 1 : 0
    const exponent = skipDigits(text, index + 1 + sign)
    if (exponent === index + 1 + sign) return { end: exponent, reason: 'number' }
    index = exponent
  }
  // `1a` and `0x10` are one wrong number, not two values.
  return isWordCharacter(text.charCodeAt(index)) ? { end: index, reason: 'number' } : { end: index }
}

/** Reads `true`, `false` or `null`; any other word is wrong at its start. */
export function readWord(text: string, from: number): Lexeme {
  let end = from
  while (isWordCharacter(text.charCodeAt(end))) end += 1
  const length = end - from
  const isKnown = ['true', 'false', 'null'].some(
    (word) => word.length === length && text.startsWith(word, from),
  )
  return isKnown ? { end } : { end: from, reason: 'word' }
}

/** Whether a word such as `true` may go on with this UTF-16 unit; false for NaN, the end of a text. */
function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    isDigit(code) ||
    code === 0x5f ||
    code === 0x24
  )
}

function escapeLength(text: string, from: number): number {
  const next = text[from + 1]
  if (next === undefined) return 0
  if ('"\\/bfnrt'.includes(next)) return 2
  return next === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(from + 2, from + 6)) ? 6 : 0
}

function skipDigits(text: string, from: number): number {
  let index = from
  while (isDigit(text.charCodeAt(index))) index += 1
  return index
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
