/**
 * The payloads of the bench: JSON in ASCII with a sequence number and the time of sending, filled up
 * with characters that depend on the number, so that a reader can tell a changed byte.
 *
 *   {"n":"0000000042","t":"1700000000000","v":"kQ3…"}
 */

/** Where the digits are. */
export const NUMBER_OFFSET = 6
export const NUMBER_DIGITS = 10
export const TIME_OFFSET = 23
export const TIME_DIGITS = 13

/** Fillings repeat after this many numbers, more than a chunk of the log holds of 1 KiB. */
export const SLOTS = 4096

const HEAD = '{"n":"0000000000","t":"0000000000000","v":"'
const TAIL = '"}'
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The payload of number 0 to `SLOTS` − 1 with all digits 0. `size` is at least 45. */
export function blankPayload(slot: number, size: number): Uint8Array {
  const payload = new Uint8Array(size)
  const encoder = new TextEncoder()
  payload.set(encoder.encode(HEAD))
  payload.set(encoder.encode(TAIL), size - TAIL.length)
  let state = (slot + 1) * 0x9e3779b1
  for (let i = HEAD.length; i < size - TAIL.length; i++) {
    // xorshift32: quick, the same everywhere, and too random to be compressed.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    payload[i] = ALPHABET.charCodeAt(state & 63)
  }
  return payload
}

/** Writes a number in decimal, with leading zeros. */
export function writeDigits(
  target: Uint8Array,
  offset: number,
  digits: number,
  value: number,
): void {
  let rest = value
  for (let i = offset + digits - 1; i >= offset; i--) {
    const next = Math.floor(rest / 10)
    target[i] = 48 + rest - next * 10
    rest = next
  }
}

/** Reads what `writeDigits` wrote; NaN where there is anything but digits. */
export function readDigits(source: Uint8Array, offset: number, digits: number): number {
  let value = 0
  for (let i = offset; i < offset + digits; i++) {
    const digit = (source[i] ?? 0) - 48
    if (digit < 0 || digit > 9) return NaN
    value = value * 10 + digit
  }
  return value
}
