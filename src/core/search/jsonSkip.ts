/**
 * What it takes to pass over JSON in UTF-8 bytes: each function returns the place behind what it read
 * from `from` on, and -1 where that is not there or does not end before `to`.
 */
const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

/** Passes over white space, of which there may be none. */
export function skipSpace(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
  }
  return to
}

/** Passes over the string whose opening quote is at `from`. */
export function skipString(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from + 1; at < to; at += 1) {
    const byte = bytes[at]
    if (byte === QUOTE) return at + 1
    if (byte === BACKSLASH) at += 1
  }
  return -1
}

/**
 * Passes over a value. Brackets are counted and not held against each other: only where the last one
 * closes matters here.
 */
export function skipValue(bytes: Uint8Array, from: number, to: number): number {
  if (from >= to) return -1
  const first = bytes[from]
  if (first === QUOTE) return skipString(bytes, from, to)
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return skipScalar(bytes, from, to)
  let depth = 0
  for (let at = from; at < to;) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      at = skipString(bytes, at, to)
      if (at === -1) return -1
      continue
    }
    at += 1
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1
    if (depth === 0) return at
  }
  return -1
}

function skipScalar(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  for (; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte <= 0x20 || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) break
  }
  return isScalar(bytes, from, at) ? at : -1
}

/** Whether the bytes are a number, `true`, `false` or `null`. */
function isScalar(bytes: Uint8Array, from: number, to: number): boolean {
  const whole = skipDigits(bytes, from, to)
  const isWhole = whole > from && (bytes[from] !== 0x30 || whole === from + 1)
  if (isWhole && whole === to) return true
  // Most others are plain fractions.
  if (isWhole && bytes[whole] === 0x2e && whole + 1 < to) {
    if (skipDigits(bytes, whole + 1, to) === to) return true
  }
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0)
  return SCALAR.test(text)
}

function skipDigits(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39) at += 1
  return at
}
