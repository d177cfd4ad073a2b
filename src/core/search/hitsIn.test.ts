import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hitsIn, plainPart, topicPart } from './hitsIn.ts'
import { parseSearch } from './parseSearch.ts'
import type { Search } from './search.ts'

const local = { now: 0, today: { year: 2026, month: 1, day: 1 }, at: () => 0 }

function read(text: string): Search {
  const parsed = parseSearch(text, local)
  if (!('terms' in parsed)) throw new Error(parsed.code)
  return parsed
}

/** The text with brackets around what is highlighted. */
function marked(search: string, text: string): string {
  return hitsIn(read(search), text)
    .reverse()
    .reduce((all, { from, to }) => {
      return `${all.slice(0, from)}[${all.slice(from, to)}]${all.slice(to)}`
    }, text)
}

describe('what is highlighted', () => {
  test.each([
    ['temp', 'sensor/temp/TEMP', 'sensor/[temp]/[TEMP]'],
    ['/\\d+/', 'a1b22', 'a[1]b[22]'],
    ['/B/i c', 'abc', 'a[bc]'],
    ['ab bc', 'abc', '[abc]'],
    ['$.temp > 25', '{"max": 30, "temp": 26.50}', '{"max": 30, "temp": [26.50]}'],
    ['$.temp > 25', '{"temp": 24}', '{"temp": 24}'],
    ['-$.temp > 25', '{"temp": 26}', '{"temp": 26}'],
    ['$.ort[1]', '{"ort": ["größe", "日本😀"]}', '{"ort": ["größe", ["日本😀"]]}'],
    ['$.😀 = true', '{"größe😀": 1, "😀": true, "cut', '{"größe😀": 1, "😀": [true], "cut'],
    ['$', '{"a": 1}', '{"a": 1}'],
    ['größe', 'GRÖẞE', '[GRÖẞE]'],
    ['a.b', 'axb a.b', 'axb [a.b]'],
    ['-a b', 'ab', 'a[b]'],
    ['topic:a $.a dir:in', 'a $.a in', 'a $.a in'],
    ['/x*/', 'axxb', 'a[xx]b'],
  ])('[SQ10] %s in %s', (search, text, expected) => {
    expect(marked(search, text)).toBe(expected)
  })

  test('[SQ10] without its regular expressions a search is quick to highlight', () => {
    expect(plainPart(read('a /b/ -c'))).toMatchObject({
      terms: [
        { kind: 'text', text: 'a' },
        { kind: 'text', text: 'c' },
      ],
    })
  })

  test('[SQ10] hits are in order, apart from each other, and within the text', () => {
    const word = fc.array(fc.constantFrom('a', 'b', 'B', '.'), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(word, { maxLength: 3 }), fc.array(word), (words, parts) => {
        const text = parts.flat().join('')
        const terms = words.map((letters) => ({
          ...{ kind: 'text' as const, text: letters.join(''), negated: false },
        }))
        let end = -1
        for (const { from, to } of hitsIn({ terms }, text)) {
          expect(from).toBeGreaterThan(end)
          expect(to).toBeGreaterThan(from)
          end = to
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

test('[SQ10] a topic that looks like JSON is none', () => {
  expect(topicPart(read('$ > 4 ab')).terms).toEqual(read('ab').terms)
})
