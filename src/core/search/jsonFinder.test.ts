import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../text.ts'
import { compareDecimals, readDecimal } from './decimal.ts'
import { JsonFinder } from './jsonFinder.ts'
import { parseSearch } from './parseSearch.ts'
import type { JsonPath, JsonTest } from './search.ts'

/** Whether a term such as `$.a > 5` holds for a payload. */
function holds(term: string, payload: string): boolean {
  const local = { now: 0, today: { year: 2026, month: 1, day: 1 }, at: () => 0 }
  const parsed = parseSearch(term, local)
  if (!('terms' in parsed)) throw new Error(`${term}: ${parsed.code}`)
  return finds(parsed.terms[0] as JsonTest, payload)
}

function finds(json: JsonTest, payload: string): boolean {
  // Something before and behind shows that bounds are kept.
  const bytes = encodeUtf8(payload)
  const padded = new Uint8Array(bytes.length + 4).fill(0x22)
  padded.set(bytes, 2)
  return new JsonFinder(json).matches(padded, 2, bytes.length + 2)
}

describe('the value at a JSON path', () => {
  test.each([
    ['$.a', '{"a":1}', true],
    ['$.a', ' { "b" : [ { "a" : 1 } ] , "a" : null } ', true],
    ['$.a', '{"b":{"a":1}}', false],
    ['$.a.b[1].c', '{"a":{"b":[0,{"c":1}]}}', true],
    ['$.a.b[2]', '{"a":{"b":[0,1]}}', false],
    ['$[0]', '[5]', true],
    ['$[0]', '[]', false],
    ['$[0]', '{"0":5}', false],
    ['$["0"]', '{"0":5}', true],
    ['$["odd key"]', '{"odd key":1}', true],
    ['$.größe', '{"gr\\u00f6\\u00dfe":1}', true],
    ['$.a', '{"x":"{\\"a\\":1}"}', false],
    ['$.a', '{"x":"\\\\","a":1}', true],
    ['$', '17.5', true],
    ['$', '', false],
    ['$', 'nope', false],
    ['$', '01', false],
    ['$.a', '[1]', false],
    ['$.a', 'plain text with "a":1', false],
  ])('[SQ8] %s in %s: %s', (path, payload, expected) => {
    expect(holds(path, payload)).toBe(expected)
  })

  test.each([
    ['$.a = 2', '{"a":1,"a":2}', true],
    ['$.a = 1', '{"a":1,"a":2}', true],
    ['$.a.b', '{"a":1,"a":{"b":2}}', true],
  ])('[SQ8] of members with one name each counts: %s in %s', (term, payload, expected) => {
    expect(holds(term, payload)).toBe(expected)
  })

  test.each(['{"a":', '{"a":[1', '{"a":"x', '{"a" 1}', '{"b":1 "a":2}', '{"b":x,"a":1}', '{"a'])(
    '[SQ8] %s, which is no JSON up to the value, has none',
    (payload) => {
      expect(holds('$.a', payload)).toBe(false)
    },
  )

  test('[SQ8] deep nesting is crossed without a stack', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(holds('$.a = 1', `{"x":${deep},"a":1}`)).toBe(true)
  })
})

describe('a comparison', () => {
  test.each([
    ['$.a > 25', '26', true],
    ['$.a > 25', '25', false],
    ['$.a >= 25', '25.0', true],
    ['$.a = 127', '127.0', true],
    ['$.a = 127', '1.27e2', true],
    ['$.a = 12345678901234567890', '12345678901234567890', true],
    ['$.a = 12345678901234567890', '12345678901234567891', false],
    ['$.a < 12345678901234567891', '12345678901234567890', true],
    ['$.a > 0.1', '0.1000000000000000055511151231257827', true],
    ['$.a < 1e400', '9e399', true],
    ['$.a > 1e400', '1e401', true],
    ['$.a = 0', '-0', true],
    ['$.a > -5', '-4.9', true],
    ['$.a < -5', '-5.1', true],
    ['$.a > 17', '"17.2"', true],
    ['$.a > 17', '"17.2 C"', false],
    ['$.a = 5', '"5"', true],
    ['$.a != 5', '"five"', true],
    ['$.a > 5', 'true', false],
    ['$.a > 5', '[6]', false],
    ['$.a != 5', '[5]', true],
  ])('[SQ9] of numbers by their digits: %s with %s: %s', (term, value, expected) => {
    expect(holds(term, `{"a":${value}}`)).toBe(expected)
  })

  test.each([
    ['$.a = on', '"on"', true],
    ['$.a = on', '"On"', false],
    ['$.a = "é"', '"\\u00e9"', true],
    ['$.a = "5"', '5', false],
    ['$.a != "x"', '"x"', false],
    ['$.a != "x"', 'null', true],
    ['$.a > "2026-11-26"', '"2026-11-26T10:00"', true],
    ['$.a < "b"', '"a"', true],
    ['$.a < "b"', '1', false],
    ['$.a = true', 'true', true],
    ['$.a = true', '"true"', false],
    ['$.a = null', 'null', true],
    ['$.a != null', '0', true],
    ['$.a = false', 'true', false],
  ])('[SQ9] of strings and words: %s with %s: %s', (term, value, expected) => {
    expect(holds(term, `{"a":${value}}`)).toBe(expected)
  })

  test('[SQ9] a value that does not exist passes no comparison', () => {
    expect(holds('$.a != 5', '{"b":6}')).toBe(false)
  })

  test('[SQ9] of decimals agrees with that of scaled whole numbers', () => {
    const decimal = fc.record({
      digits: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      scale: fc.nat({ max: 20 }),
    })
    const write = ({ digits, scale }: { digits: bigint; scale: number }) => {
      const [minus, text] = digits < 0n ? ['-', String(-digits)] : ['', String(digits)]
      const padded = text.padStart(scale + 1, '0')
      const at = padded.length - scale
      return minus + padded.slice(0, at) + (scale > 0 ? `.${padded.slice(at)}` : '')
    }
    fc.assert(
      fc.property(decimal, decimal, (one, other) => {
        const [a, b] = [one, other].map(({ digits, scale }) => digits * 10n ** BigInt(20 - scale))
        const order = compareDecimals(
          readDecimal(write(one)) ?? { sign: 0, digits: '', exponent: 0n },
          readDecimal(write(other)) ?? { sign: 0, digits: '', exponent: 0n },
        )
        expect(Math.sign(order)).toBe((a ?? 0n) < (b ?? 0n) ? -1 : a === b ? 0 : 1)
        for (const operator of ['=', '<', '>='] as const) {
          const literal = { type: 'number', digits: write(other) } as const
          const json: JsonTest = { kind: 'json', path: [], comparison: { operator, literal } }
          const expected =
            operator === '=' ? order === 0 : operator === '<' ? order < 0 : order >= 0
          expect(finds(json, write(one))).toBe(expected)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('any JSON', () => {
  /** All values at a path, of members with one name each. */
  function reach(value: unknown, [step, ...rest]: JsonPath): unknown[] {
    if (step === undefined) return [value]
    if (typeof step === 'number') {
      return Array.isArray(value) && step < value.length ? reach(value[step], rest) : []
    }
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && Object.hasOwn(value, step)
      ? reach((value as Record<string, unknown>)[step], rest)
      : []
  }

  const key = fc.constantFrom('a', 'b', 'é', '"', '__proto__', '\\')
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, true, false, 0, -1.5, 1e21, 25, 'a', 'é"\\', '25', ''),
      fc.array(tie('any'), { maxLength: 3 }),
      fc
        .array(fc.tuple(key, tie('any')), { maxLength: 3 })
        .map((members) => Object.fromEntries(members)),
    ),
  })).any

  test('[SQ8] has a value where JSON.parse has one, however it is laid out', () => {
    const path = fc.array(fc.oneof(key, fc.nat({ max: 2 })), { maxLength: 3 })
    fc.assert(
      fc.property(value, path, fc.constantFrom(undefined, 2), (json, steps, space) => {
        const payload = JSON.stringify(json, undefined, space)
        const expected = reach(JSON.parse(payload), steps).length > 0
        expect(finds({ kind: 'json', path: steps }, payload)).toBe(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  test('[SQ8] or none: no bytes are too odd', () => {
    const odd = fc
      .array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '"a"', '1', '-', ' ', 'e'))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(odd, (payload) => {
        expect(typeof holds('$.a[0] > 1', payload)).toBe('boolean')
      }),
      { numRuns: 1_000 },
    )
  })
})
