import { decodeUtf8Leniently, encodeUtf8 } from '../text.ts'
import { compareDecimals, readDecimal } from './decimal.ts'
import type { JsonComparison, JsonOperator } from './search.ts'

/** Tests the lexeme of a JSON value: `from` is its first byte, `to` is behind its last one. */
export type LexemeTest = (bytes: Uint8Array, from: number, to: number) => boolean

const QUOTE = 0x22
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const BACKSLASH = 0x5c

/** So many digits a double tells apart, whatever they are (DBL_DIG); a point counts as one here. */
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
  const literal = encodeUtf8(digits)
  const short = shortNumber(literal, 0, literal.length)
  const exact = readDecimal(digits)
  const compare = (bytes: Uint8Array, from: number, to: number) => {
    const difference = shortNumber(bytes, from, to) - short
    if (!Number.isNaN(difference)) return difference
    const value = readDecimal(ascii(bytes, from, to))
    return value && exact ? compareDecimals(value, exact) : undefined
  }
  return (bytes, from, to) => {
    const first = bytes[from] ?? 0
    if (first === QUOTE) {
      const text = readString(bytes, from, to)
      return holds(NUMBER.test(text) ? compare(encodeUtf8(text), 0, text.length) : undefined)
    }
    const isNumber = first === MINUS || (first >= ZERO && first <= NINE)
    return holds(isNumber ? compare(bytes, from, to) : undefined)
  }
}

/**
 * A number without an exponent that has so few digits that a double tells it from every other one;
 * NaN for all that must be compared digit by digit.
 */
function shortNumber(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS
  const start = isNegative ? from + 1 : from
  if (to - start > EXACT_DIGITS) return NaN
  let digits = 0
  let point = to
  for (let at = start; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte >= ZERO && byte <= NINE) digits = digits * 10 + byte - ZERO
    else if (byte === POINT && point === to) point = at
    else return NaN
  }
  // A whole number below 2^53 by a power of ten that is exact: rounded once, as it should be.
  const value = point < to ? digits / 10 ** (to - point - 1) : digits
  return isNegative ? -value : value
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
