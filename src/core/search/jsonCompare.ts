import { decodeUtf8Leniently, encodeUtf8 } from '../text.ts'
import { compareDecimals, readDecimal } from './decimal.ts'
import type { JsonComparison, JsonOperator } from './search.ts'

/** Tests the lexeme of a JSON value: `from` is its first byte, `to` is behind its last one. */
export type LexemeTest = (bytes: Uint8Array, from: number, to: number) => boolean

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** So many digits a double tells apart, whatever they are (DBL_DIG). */
const EXACT_DIGITS = 15

/** A number as JSON writes it. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * Makes a test out of a comparison. Numbers are compared by their digits, without rounding; a string
 * that holds a number counts as one, since many devices send numbers so. Strings are equal or not, and
 * stand in the order of their characters. A value that cannot be compared is unequal and nothing else.
 */
export function lexemeTest({ operator, literal }: JsonComparison): LexemeTest {
  const holds = outcomes(operator)
  switch (literal.type) {
    case 'number':
      return numberTest(literal.digits, holds)
    case 'string': {
      const { text } = literal
      return (bytes, from, to) => {
        if (bytes[from] !== QUOTE) return holds(undefined)
        const value = readString(bytes, from, to)
        return holds(value === text ? 0 : value < text ? -1 : 1)
      }
    }
    case 'word': {
      const word = encodeUtf8(literal.word)
      return (bytes, from, to) => {
        const isSame =
          to - from === word.length && word.every((byte, i) => bytes[from + i] === byte)
        return holds(isSame ? 0 : undefined)
      }
    }
  }
}

/** What the operator says of an order: below 0, 0, above 0, or undefined for what has none. */
function outcomes(operator: JsonOperator): (order: number | undefined) => boolean {
  switch (operator) {
    case '=':
      return (order) => order === 0
    case '!=':
      return (order) => order !== 0
    case '<':
      return (order) => order !== undefined && order < 0
    case '<=':
      return (order) => order !== undefined && order <= 0
    case '>':
      return (order) => order !== undefined && order > 0
    case '>=':
      return (order) => order !== undefined && order >= 0
  }
}

function numberTest(digits: string, holds: (order: number | undefined) => boolean): LexemeTest {
  const exact = readDecimal(digits)
  // With few digits a double is exact enough to compare, and much faster.
  const double =
    /^[+-]?[\d.]+$/.test(digits) && digits.length <= EXACT_DIGITS ? Number(digits) : NaN
  const order = (text: string) => {
    if (text.length <= EXACT_DIGITS && !Number.isNaN(double) && !/[eE]/.test(text)) {
      return Number(text) - double
    }
    const value = readDecimal(text)
    return value && exact ? compareDecimals(value, exact) : undefined
  }
  return (bytes, from, to) => {
    const first = bytes[from] ?? 0
    if (first === QUOTE) {
      const text = readString(bytes, from, to)
      return holds(NUMBER.test(text) ? order(text) : undefined)
    }
    const isNumber = first === 0x2d || (first >= 0x30 && first <= 0x39)
    return holds(isNumber ? order(ascii(bytes, from, to)) : undefined)
  }
}

/** The text of the string whose quotes are included. */
export function readString(bytes: Uint8Array, from: number, to: number): string {
  const inner = bytes.subarray(from + 1, to - 1)
  const isPlain = !inner.includes(BACKSLASH)
  const text =
    inner.length < 24 && isPlain && isAscii(inner)
      ? ascii(bytes, from + 1, to - 1)
      : decodeUtf8Leniently(inner)
  if (isPlain) return text
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return text
  }
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0)
  return text
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80)
}
