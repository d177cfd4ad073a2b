import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PAYLOAD_TYPES } from '../draft.ts'
import { encodeUtf8 } from '../text.ts'
import { encodePayload } from './encodePayload.ts'
import { invalidUtf8At } from './invalidUtf8.ts'
import { revealText } from './revealText.ts'
import { viewPayload } from './viewPayload.ts'

describe('a typed payload', () => {
  test('[PV9] JSON is sent exactly as typed', () => {
    const text = '{ "b": 12345678901234567890,\n"a":1.0 }'
    expect(encodePayload(text, 'json')).toEqual({ bytes: encodeUtf8(text) })
  })

  test('[PV9] what is not of its type has an issue and no bytes', () => {
    expect(encodePayload('{', 'json')).toMatchObject({ issue: { code: 'bad-json' } })
    expect(encodePayload('a\ud800', 'plaintext')).toEqual({
      issue: { code: 'lone-surrogate', at: 1, line: 1, column: 2 },
    })
    expect(encodePayload('zz', 'hex')).toMatchObject({ issue: { code: 'bad-hex' } })
    expect(encodePayload('*', 'base64')).toMatchObject({ issue: { code: 'bad-base64' } })
  })

  test('[PV9] an empty text is an empty payload under every type', () => {
    for (const type of PAYLOAD_TYPES) {
      expect(encodePayload('', type)).toEqual({ bytes: new Uint8Array(0) })
    }
  })
})

describe('a payload that is read', () => {
  test('[PV5] hex and Base64 give the bytes back when sent again', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('hex', 'base64'), (bytes, type) => {
        expect(encodePayload(viewPayload(bytes, type).text, type)).toEqual({ bytes })
      }),
    )
  })

  test('[PV10] auto shows objects and arrays as JSON, other text as plaintext, the rest as hex', () => {
    const typeOf = (bytes: Uint8Array) => viewPayload(bytes, 'auto').type
    expect(typeOf(encodeUtf8(' {"a":1}'))).toBe('json')
    expect(typeOf(encodeUtf8('[]'))).toBe('json')
    expect(typeOf(encodeUtf8('{"a":1'))).toBe('plaintext')
    expect(typeOf(encodeUtf8('21.5'))).toBe('plaintext')
    expect(typeOf(encodeUtf8('温度 21 °C\0'))).toBe('plaintext')
    expect(typeOf(encodeUtf8(''))).toBe('plaintext')
    expect(typeOf(Uint8Array.of(0xff, 0x41))).toBe('hex')
    expect(typeOf(Uint8Array.of(0, 0, 0, 1, 0x41))).toBe('hex')
  })

  test('[PV11] bytes that are not UTF-8 are never shown as text without saying so', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const at = invalidUtf8At(bytes)
        expect(at === -1).toBe(isUtf8(bytes))
        for (const view of ['auto', 'plaintext', 'json'] as const) {
          const { type, issue } = viewPayload(bytes, view)
          if (at === -1) expect(issue?.code).not.toBe('not-utf8')
          else if (type !== 'hex') expect(issue).toEqual({ code: 'not-utf8', at })
        }
      }),
      { numRuns: 2_000 },
    )
    expect(viewPayload(Uint8Array.of(0x41, 0xc3), 'json')).toEqual({
      type: 'hex',
      text: '41 c3',
      issue: { code: 'not-utf8', at: 1 },
    })
  })

  test('[PV12] the beginning of JSON, cut anywhere, is no mistake', () => {
    const bytes = encodeUtf8('{"a":[1.5e3,true,"\\u00e9é😀"],"b":null}')
    for (let length = 1; length <= bytes.length; length += 1) {
      const reading = viewPayload(bytes.subarray(0, length), 'auto', true)
      expect(reading, String(length)).toMatchObject({ type: 'json' })
      expect(reading.issue).toBeUndefined()
    }
    expect(viewPayload(encodeUtf8('{"a": oh no, this is text'), 'auto', true).type).toBe(
      'plaintext',
    )
  })
})

test('[PV13] characters that are not seen, or that reorder others, are made visible', () => {
  expect(revealText('a\0b\r\n\tc\u202ed\u0085')).toEqual([
    { kind: 'plain', text: 'a' },
    { kind: 'hidden', text: 'NUL' },
    { kind: 'plain', text: 'b' },
    { kind: 'hidden', text: 'CR' },
    { kind: 'plain', text: '\n\tc' },
    { kind: 'hidden', text: 'U+202E' },
    { kind: 'plain', text: 'd' },
    { kind: 'hidden', text: 'U+0085' },
  ])
  const plain = '👩‍👩‍👧 שלום 温度 é'
  expect(revealText(plain)).toEqual([{ kind: 'plain', text: plain }])
  expect(revealText('')).toEqual([])
})

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
