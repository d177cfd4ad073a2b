import { decodeUtf8Leniently } from '../text.ts'
import { positionAt, type PayloadIssue } from './payloadIssue.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PADDING = 0x3d

/** ASCII code → six bits; 255 where the character is in neither alphabet. */
const SEXTETS = new Uint8Array(128).fill(255)
/** Six bits → ASCII code. */
const LETTERS = new Uint8Array(64)
for (let bits = 0; bits < 64; bits += 1) {
  LETTERS[bits] = ALPHABET.charCodeAt(bits)
  SEXTETS[ALPHABET.charCodeAt(bits)] = bits
}
SEXTETS['-'.charCodeAt(0)] = 62
SEXTETS['_'.charCodeAt(0)] = 63

/** The bytes in the standard alphabet (RFC 4648 §4), padded, on one line. */
export function encodeBase64(bytes: Uint8Array): string {
  const ascii = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING)
  let out = 0
  for (let from = 0; from < bytes.length; from += 3) {
    const left = bytes.length - from
    const group =
      ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    ascii[out] = LETTERS[group >> 18] ?? 0
    ascii[out + 1] = LETTERS[(group >> 12) & 63] ?? 0
    if (left > 1) ascii[out + 2] = LETTERS[(group >> 6) & 63] ?? 0
    if (left > 2) ascii[out + 3] = LETTERS[group & 63] ?? 0
    out += 4
  }
  return decodeUtf8Leniently(ascii)
}

/**
 * Reads the standard or the URL-safe alphabet (RFC 4648 §4, §5), with or without padding, with any
 * white space. Bits that no encoder sets are an issue and never dropped in silence (§3.5).
 */
export function decodeBase64(text: string): { bytes: Uint8Array } | { issue: PayloadIssue } {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let length = 0
  let letters = 0
  let padding = 0
  let bits = 0
  let lastLetter = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isWhiteSpace(code)) continue
    if (code === PADDING) {
      padding += 1
      continue
    }
    const sextet = SEXTETS[code] ?? 255
    if (sextet === 255 || padding > 0) {
      return { issue: { code: 'bad-base64', ...positionAt(text, at) } }
    }
    bits = ((bits << 6) | sextet) & 0xffff
    if (letters % 4 > 0) {
      const unused = 6 - (letters % 4) * 2
      bytes[length] = bits >> unused
      length += 1
    }
    letters += 1
    lastLetter = at
  }
  const over = letters % 4
  const isPadded = padding === 0 || (over > 0 && padding === 4 - over)
  if (over === 1 || !isPadded) return { issue: { code: 'base64-length' } }
  const unusedBits = over === 2 ? 0b1111 : over === 3 ? 0b11 : 0
  if ((bits & unusedBits) !== 0) {
    return { issue: { code: 'base64-bits', ...positionAt(text, lastLetter) } }
  }
  return { bytes: bytes.slice(0, length) }
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff
}
