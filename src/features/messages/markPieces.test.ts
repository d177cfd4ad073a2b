import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markPieces } from './markPieces.ts'
import { payloadPieces } from './payloadPieces.ts'

const show = (text: string, ...hits: [from: number, to: number][]) =>
  markPieces(
    payloadPieces(text, text.startsWith('{')),
    hits.map(([from, to]) => ({ from, to })),
  )
    .map(({ text: part, isHit }) => (isHit ? `[${part}]` : part))
    .join('|')

describe('hits in a text', () => {
  test('[SP7] split what is coloured alike, and reach over colours', () => {
    expect(show('one two', [4, 7])).toBe('one |[two]')
    expect(show('{"a":1}', [1, 6])).toBe('{|["a"]|[:]|[1]|}')
    expect(show('{"abc":1}', [2, 4])).toBe('{|"|[ab]|c"|:|1|}')
    expect(show('abc')).toBe('abc')
  })

  test('[SP7] count a character that is made visible as one', () => {
    expect(show('a\0b c', [1, 3])).toBe('a|[NUL]|[b]| c')
    expect(show('\0\0x', [2, 3])).toBe('NUL|NUL|[x]')
  })

  test('[SP7] change no character and no colour', () => {
    const text = fc.array(fc.constantFrom('{', '"a"', ':', '1', ' ', '\0', 'x', '}'))
    const places = fc.uniqueArray(fc.nat({ max: 12 }), { maxLength: 6 })
    fc.assert(
      fc.property(text, places, (parts, cuts) => {
        const whole = parts.join('')
        const ends = cuts.toSorted((a, b) => a - b)
        const hits = ends.flatMap((from, i) => {
          const to = ends[i + 1]
          return i % 2 === 0 && to !== undefined ? [{ from, to }] : []
        })
        const pieces = payloadPieces(whole, true)
        const marked = markPieces(pieces, hits)
        const spread = (all: readonly { kind: string; text: string }[]) =>
          all.flatMap(({ kind, text: part }) =>
            kind === 'hidden' ? [`${kind} ${part}`] : Array.from(part, (c) => `${kind} ${c}`),
          )
        expect(spread(marked)).toEqual(spread(pieces))
        const isHit = marked.flatMap((piece) =>
          Array.from(piece.kind === 'hidden' ? 'x' : piece.text, () => piece.isHit),
        )
        expect(isHit).toEqual(
          isHit.map((_, at) => hits.some(({ from, to }) => from <= at && at < to)),
        )
      }),
    )
  })
})
