import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { dumpHex, formatHex, parseHex } from './hex.ts'

const bytes = fc.uint8Array({ maxLength: 200 })
const read = (...values: number[]) => ({ bytes: Uint8Array.from(values) })

describe('Base64', () => {
  test('[PV5] any bytes come back', () => {
    fc.assert(
      fc.property(bytes, (payload) => {
        expect(decodeBase64(encodeBase64(payload))).toEqual({ bytes: payload })
      }),
    )
  })

  test('[PV5] agrees with the encoder of the host', () => {
    fc.assert(
      fc.property(bytes, (payload) => {
        expect(encodeBase64(payload)).toBe(Buffer.from(payload).toString('base64'))
        expect(decodeBase64(Buffer.from(payload).toString('base64url'))).toEqual({ bytes: payload })
      }),
    )
  })

  test.each([
    ['+/8=', read(0xfb, 0xff)],
    ['-_8', read(0xfb, 0xff)],
    [' A\nQ I=\t', read(1, 2)],
    ['', read()],
    ['QQ', read(0x41)],
  ])('[PV6] %j is read', (text, expected) => {
    expect(decodeBase64(text)).toEqual(expected)
  })

  test.each([
    ['QQ*=', 'bad-base64'],
    ['QUI=QUI=', 'bad-base64'],
    ['QUJé', 'bad-base64'],
    ['Q', 'base64-length'],
    ['QUJDR', 'base64-length'],
    ['QQ=', 'base64-length'],
    ['QUI==', 'base64-length'],
    ['QUJD====', 'base64-length'],
    ['=', 'base64-length'],
    ['QR==', 'base64-bits'],
    ['QUJ', 'base64-bits'],
  ])('[PV6] %j is refused: %s', (text, code) => {
    expect(decodeBase64(text)).toMatchObject({ issue: { code } })
  })
})

describe('hex', () => {
  test('[PV5] any bytes come back', () => {
    fc.assert(
      fc.property(bytes, (payload) => {
        expect(parseHex(formatHex(payload))).toEqual({ bytes: payload })
      }),
    )
  })

  test.each([
    ['68656c', read(0x68, 0x65, 0x6c)],
    ['68 65\n6C', read(0x68, 0x65, 0x6c)],
    ['0x68, 0x65', read(0x68, 0x65)],
    ['0X6865', read(0x68, 0x65)],
    ['00:1B:ff', read(0, 0x1b, 0xff)],
    ['00-1b', read(0, 0x1b)],
    [' \n', read()],
  ])('[PV7] %j is read', (text, expected) => {
    expect(parseHex(text)).toEqual(expected)
  })

  test.each([
    ['6', 'odd-hex', 1, 1],
    ['686', 'odd-hex', 1, 1],
    ['6 8', 'odd-hex', 1, 1],
    ['68\n65 6', 'odd-hex', 2, 4],
    ['6g', 'bad-hex', 1, 2],
    ['68 zz', 'bad-hex', 1, 4],
    ['0x', 'bad-hex', 1, 3],
    ['680x65', 'bad-hex', 1, 4],
  ])('[PV7] %j is refused: %s at line %i, column %i', (text, code, line, column) => {
    expect(parseHex(text)).toMatchObject({ issue: { code, line, column } })
  })

  test('[PV8] a dump has offsets, bytes and printable characters', () => {
    const payload = Uint8Array.from({ length: 18 }, (_, index) => 0x3e + index)
    expect(dumpHex(payload).split('\n')).toEqual([
      '000000  3e 3f 40 41 42 43 44 45  46 47 48 49 4a 4b 4c 4d  >?@ABCDEFGHIJKLM',
      '000010  4e 4f                                             NO',
    ])
    expect(dumpHex(Uint8Array.of(0, 0x7f, 0x41), 0x100, 8)).toBe(
      '000100  00 7f 41                 ..A',
    )
  })
})
