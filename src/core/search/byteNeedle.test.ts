import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8Leniently, encodeUtf8 } from '../text.ts'
import { ByteNeedle } from './byteNeedle.ts'
import { caseVariants } from './caseVariants.ts'

/** Whether the needle is found, and what of. */
function found(needle: string, text: string): string | undefined {
  const bytes = encodeUtf8(text)
  const matcher = new ByteNeedle(needle)
  const at = matcher.find(bytes, 0, bytes.length)
  return at === -1 ? undefined : decodeUtf8Leniently(bytes.slice(at, matcher.end))
}

/** What the same search does with a regular expression, decoded. */
function expected(needle: string, text: string): string | undefined {
  return new RegExp(needle.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu').exec(text)?.[0]
}

/** Letters that have odd relatives, and some that have none. */
const letters = fc.constantFrom(...Array.from('aAkK\u212a sSſßẞσΣςåÅ\u212bµμΜжЖ温🙂𐐀𐐨ıİi1/"\u0301'))
const texts = fc.array(letters, { maxLength: 30 }).map((all) => all.join(''))
const needles = fc.array(letters, { minLength: 1, maxLength: 5 }).map((all) => all.join(''))

describe('a text in bytes', () => {
  test.each([
    ['error', 'An ERROR here', 'ERROR'],
    ['Größe', 'die GRÖẞE', 'GRÖẞE'],
    ['οδος', 'ΟΔΟΣ', 'ΟΔΟΣ'],
    ['kelvin', '5 Kelvin', 'Kelvin'],
    ['温度', '室内の温度は', '温度'],
    ['🙂', 'a🙂b', '🙂'],
    ['straße', 'STRASSE', undefined],
    ['ab', 'a', undefined],
  ])('[SQ3] %s in “%s” is %s', (needle, text, match) => {
    expect(found(needle, text)).toBe(match)
  })

  test('[SQ3] is found where a regular expression without case finds it', () => {
    fc.assert(
      fc.property(needles, texts, (needle, text) => {
        expect(found(needle, text)).toBe(expected(needle, text))
      }),
      { numRuns: 1_500 },
    )
  })

  test('[SQ3] is found again and again, and only between the given bounds', () => {
    const bytes = encodeUtf8('abcABCabc')
    const needle = new ByteNeedle('bc')
    expect(needle.find(bytes, 2, 9)).toBe(4)
    expect(needle.end).toBe(6)
    expect(needle.find(bytes, 5, 9)).toBe(7)
    expect(needle.find(bytes, 5, 8)).toBe(-1)
    expect(needle.find(bytes, 8, 9)).toBe(-1)
  })

  test('[SQ3] is found among bytes that are not UTF-8', () => {
    const bytes = Uint8Array.of(0xff, 0xc3, 0x41, 0x62, 0x80, 0xe2, 0x84, 0xaa, 0xff)
    expect(new ByteNeedle('aB').find(bytes, 0, bytes.length)).toBe(2)
    expect(new ByteNeedle('k').find(bytes, 0, bytes.length)).toBe(5)
  })

  test('[SQ3] may be longer than the steps that are prepared', () => {
    const long = 'Äsk'.repeat(100)
    expect(found(long, `x${long.toLowerCase()}x`)).toBe(long.toLowerCase())
    expect(found(`${long}y`, `x${long}x`)).toBeUndefined()
  })

  test('[SQ3] the variants of a character are those that regular expressions know', () => {
    expect(caseVariants('k').sort()).toEqual(['K', 'k', '\u212a'])
    expect(caseVariants('ß')).toEqual(expect.arrayContaining(['ß', 'ẞ']))
    expect(caseVariants('温')).toEqual(['温'])
    expect(caseVariants('[')).toEqual(['['])
    for (let code = 0x20; code < 0x400; code += 1) {
      const character = String.fromCodePoint(code)
      const [lower, upper] = [character.toLowerCase(), character.toUpperCase()]
      const escaped = `\\u{${code.toString(16)}}`
      for (const other of [lower, upper]) {
        const isSame = new RegExp(`^${escaped}$`, 'iu').test(other)
        expect([character, other, caseVariants(character).includes(other)]).toEqual([
          character,
          other,
          isSame,
        ])
      }
    }
  })
})
