import { decodeUtf8Leniently } from '../text.ts'
import { positionAt, type PayloadIssue } from './payloadIssue.ts'

const DIGITS = '0123456789abcdef'
const SPACE = 0x20
const LINE_FEED = 0x0a

/** How many bytes stand in one line of hex. */
const HEX_COLUMNS = 16

/** The bytes as pairs of digits, 16 to a line: the form that can be edited and read back. */
export function formatHex(bytes: Uint8Array): string {
  if (bytes.length === 0) return ''
  const ascii = new Uint8Array(bytes.length * 3 - 1)
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    ascii[index * 3] = DIGITS.charCodeAt(byte >> 4)
    ascii[index * 3 + 1] = DIGITS.charCodeAt(byte & 15)
    const isLineEnd = index % HEX_COLUMNS === HEX_COLUMNS - 1
    // Past the last pair there is no room, and the array ignores it.
    ascii[index * 3 + 2] = isLineEnd ? LINE_FEED : SPACE
  }
  return decodeUtf8Leniently(ascii)
}

/**
 * Reads pairs of hex digits in either case. Between bytes there may be white space, `:`, `-` and `,`,
 * and `0x` may stand before a group. A group of an odd number of digits is an issue: half a byte is
 * never guessed.
 */
export function parseHex(text: string): { bytes: Uint8Array } | { issue: PayloadIssue } {
  const bytes = new Uint8Array(text.length >> 1)
  let length = 0
  let at = 0
  while (at < text.length) {
    if (isSeparator(text.charCodeAt(at))) {
      at += 1
      continue
    }
    if (text[at] === '0' && (text[at + 1] === 'x' || text[at + 1] === 'X')) at += 2
    const group = at
    for (;;) {
      const high = digit(text.charCodeAt(at))
      if (high === -1) break
      const low = digit(text.charCodeAt(at + 1))
      if (low === -1) {
        const isOdd = at + 1 >= text.length || isSeparator(text.charCodeAt(at + 1))
        const issue = isOdd
          ? ({ code: 'odd-hex', ...positionAt(text, group) } as const)
          : ({ code: 'bad-hex', ...positionAt(text, at + 1) } as const)
        return { issue }
      }
      bytes[length] = (high << 4) | low
      length += 1
      at += 2
    }
    const ended = at >= text.length || isSeparator(text.charCodeAt(at))
    if (!ended || at === group) return { issue: { code: 'bad-hex', ...positionAt(text, at) } }
  }
  return { bytes: bytes.slice(0, length) }
}

/**
 * A dump to read: offset, bytes and, beside them, the printable ASCII characters (others as `.`).
 * `start` is the offset of the first byte in the whole payload; `columns` bytes stand in a line.
 */
export function dumpHex(bytes: Uint8Array, start = 0, columns = HEX_COLUMNS): string {
  const lines: string[] = []
  for (let from = 0; from < bytes.length; from += columns) {
    const line = bytes.subarray(from, from + columns)
    let pairs = ''
    let characters = ''
    for (const [index, byte] of line.entries()) {
      pairs += (index > 0 && index % 8 === 0 ? '  ' : ' ') + byte.toString(16).padStart(2, '0')
      characters += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
    }
    const width = columns * 3 + Math.floor((columns - 1) / 8)
    const offset = (start + from).toString(16).padStart(6, '0')
    lines.push(`${offset} ${pairs.padEnd(width)}  ${characters}`)
  }
  return lines.join('\n')
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  if (code >= 0x61 && code <= 0x66) return code - 0x57
  if (code >= 0x41 && code <= 0x46) return code - 0x37
  return -1
}

function isSeparator(code: number): boolean {
  const isWhiteSpace =
    code === SPACE || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff
  return isWhiteSpace || code === 0x3a || code === 0x2d || code === 0x2c
}
