import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatJson } from './formatJson.ts'
import { jsonTokens, scanJson } from './jsonTokens.ts'

const mistake = (text: string) => scanJson(text, () => undefined)

/** The lexemes without the white space between them. */
const lexemes = (text: string) =>
  jsonTokens(text)
    .filter(({ kind }) => kind !== 'space')
    .map((token) => token.text)

/** UTF-16 units of every kind, lone surrogates too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((units) => String.fromCharCode(...units))

const anyJson = fc.json({ maxDepth: 3 })

describe('JSON as written', () => {
  test.each([
    '12345678901234567890',
    '127.0',
    '1e5',
    '-0',
    '1.10E+05',
    '0.1000000000000000055511151231257827',
    '{"b":1,"a":2,"b":3}',
    String.raw`"\u00e9\/\n\ud800"`,
    '[ ]',
  ])('[PV1] %s keeps every lexeme when it is laid out', (text) => {
    expect(mistake(text)).toBeUndefined()
    expect(lexemes(formatJson(text).text)).toEqual(lexemes(text))
  })

  test('[PV1] the layout puts each member and element on a line of its own', () => {
    const text = '{"a":[1,2,{}],"b":[],"c":{"d":null}}'
    expect(formatJson(text)).toEqual({
      text: [
        '{',
        '  "a": [',
        '    1,',
        '    2,',
        '    {}',
        '  ],',
        '  "b": [],',
        '  "c": {',
        '    "d": null',
        '  }',
        '}',
      ].join('\n'),
    })
  })

  test('[PV1] any JSON keeps its lexemes and its value', () => {
    fc.assert(
      fc.property(anyJson, (text) => {
        const { text: laidOut, issue } = formatJson(text)
        expect(issue).toBeUndefined()
        expect(lexemes(laidOut)).toEqual(lexemes(text))
        expect(JSON.parse(laidOut)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('[PV2] the tokens of any text, JSON or not, joined are the text', () => {
    const jsonish = fc
      .array(
        fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '1', '-', 't', 'true', ' '),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(anyText, jsonish, anyJson), (text) => {
        expect(
          jsonTokens(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  test('[PV2] a token says what it is', () => {
    expect(jsonTokens('{"a": [1, true, "b"]}').map(({ kind }) => kind)).toEqual([
      'punctuation',
      'key',
      'punctuation',
      'space',
      'punctuation',
      'number',
      'punctuation',
      'space',
      'word',
      'punctuation',
      'space',
      'string',
      'punctuation',
      'punctuation',
    ])
  })
})

describe('the check of JSON', () => {
  test.each([
    ['', 'empty', 1, 1],
    [' \n ', 'empty', 2, 2],
    ['\ufeff{}', 'byte-order-mark', 1, 1],
    ['{"a":1,}', 'trailing-comma', 1, 8],
    ['[1,]', 'trailing-comma', 1, 4],
    ['[1,,2]', 'value', 1, 4],
    ['{"a" 1}', 'colon', 1, 6],
    ['{"a":}', 'value', 1, 6],
    ['{a:1}', 'key', 1, 2],
    ["{'a':1}", 'quotes', 1, 2],
    ['[1 2]', 'comma', 1, 4],
    ['[1}', 'wrong-bracket', 1, 3],
    ['[1', 'open-array', 1, 3],
    ['{\n  "a": 1\n', 'open-object', 3, 1],
    ['"abc', 'open-string', 1, 5],
    ['"a\nb"', 'control-character', 1, 3],
    ['"a\\xb"', 'escape', 1, 3],
    ['"\\u12g4"', 'escape', 1, 2],
    ['01', 'leading-zero', 1, 1],
    ['1.', 'number', 1, 3],
    ['+1', 'character', 1, 1],
    ['.5', 'character', 1, 1],
    ['1e', 'number', 1, 3],
    ['0x10', 'number', 1, 2],
    ['-', 'number', 1, 2],
    ['NaN', 'word', 1, 1],
    ['True', 'word', 1, 1],
    ['truefalse', 'word', 1, 1],
    ['{} {}', 'after-end', 1, 4],
    ['// a\n1', 'comment', 1, 1],
    ['["😀" 1]', 'comma', 1, 6],
    ['[\r\n1,\r\n]', 'trailing-comma', 3, 1],
    ['\u00a01', 'character', 1, 1],
  ])('[PV3] %j is refused: %s at line %i, column %i', (text, reason, line, column) => {
    expect(mistake(text)).toMatchObject({ code: 'bad-json', reason, line, column })
  })

  test('[PV3] agrees with JSON.parse on what is JSON', () => {
    const piece = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '\\u00e9', '1', '0', '-', '.', 'e', '+'],
      ...['true', 'null', 'f', ' ', '\n', '\t', '\u00a0', '/'],
    )
    const text = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      // JSON with one character changed is wrong in more interesting places.
      fc.tuple(anyJson, fc.nat(), piece).map(([json, seed, part]) => {
        const at = seed % (json.length + 1)
        return json.slice(0, at) + part + json.slice(at + 1)
      }),
    )
    fc.assert(
      fc.property(text, (candidate) => {
        expect(mistake(candidate) === undefined).toBe(isJson(candidate))
      }),
      { numRuns: 2_000 },
    )
  })

  test('[PV4] 100,000 levels of nesting are checked and laid out, and grow little', () => {
    const deep = '[{"a":'.repeat(50_000) + '1' + '}]'.repeat(50_000)
    const { text, issue } = formatJson(deep)
    expect(issue).toBeUndefined()
    expect(text.length).toBeLessThan(deep.length * 1.5)
    expect(lexemes(text).join('')).toBe(deep)
    expect(mistake('['.repeat(1_000_000))).toMatchObject({ reason: 'open-array' })
  })

  test('[PV4] one string or number of a million characters is read', () => {
    expect(mistake(`"${'\\n'.repeat(1_000_000)}"`)).toBeUndefined()
    expect(mistake('1'.repeat(1_000_000))).toBeUndefined()
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
