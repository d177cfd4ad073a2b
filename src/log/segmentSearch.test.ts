import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { QoS } from '@/core/message.ts'
import { parseSearch } from '@/core/search/parseSearch.ts'
import type { JsonPath, Search, SearchTerm } from '@/core/search/search.ts'
import { decodeUtf8Leniently, encodeUtf8 } from '@/core/text.ts'
import { matchTopic } from '@/core/topic.ts'
import type { LogEntry, LogMessage } from './entry.ts'
import { pack } from './pack.ts'
import { message } from './sample.ts'
import { SegmentSearch } from './segmentSearch.ts'

const local = {
  now: 10_000,
  today: { year: 1970, month: 1, day: 1 },
  at: (_year: number, _month: number, _day: number, since: number) => since,
}

function read(text: string): Search {
  const parsed = parseSearch(text, local)
  if (!('terms' in parsed)) throw new Error(`${text}: ${parsed.code}`)
  return parsed
}

/** The places of the entries that match. */
function search(entries: readonly LogEntry[], what: string | Search, from = 0): number[] {
  const { head, body } = pack(100, entries)
  const tester = new SegmentSearch(typeof what === 'string' ? read(what) : what)
  const sifted = tester.sift(head, 100 + from)
  if (!sifted) return []
  return tester.finish(sifted, sifted.needsBody ? body : undefined).map((seq) => seq - 100)
}

const text = (payload: string, differences: Partial<LogMessage> = {}) =>
  message({ payload: encodeUtf8(payload), time: 0, ...differences })

const mark: LogEntry = { kind: 'mark', time: 5, mark: { type: 'session', present: true } }

describe('the search of a segment', () => {
  const entries = [
    text('{"temp": 25.5}', { topic: 'sensor/1', time: 1_000 }),
    mark,
    text('Error: too hot', { topic: 'sensor/2', time: 2_000, direction: 'out', qos: 1 }),
    text('ok', { topic: 'ERRORS', time: 3_000, retain: true, qos: 2 }),
    text('', { topic: 'sensor/1', time: 4_000 }),
    text('größer', { topic: 'sensor/größe', time: 60_000 }),
    message({ payload: Uint8Array.of(0xff, 0xfe, 0x65, 0x72, 0x72), topic: 'raw', time: 61_000 }),
  ]

  test.each([
    ['', [0, 2, 3, 4, 5, 6]],
    ['error', [2, 3]],
    ['err', [2, 3, 6]],
    ['-error', [0, 4, 5, 6]],
    ['GRÖSSE', []],
    ['GRÖẞE', [5]],
    ['GRÖßER', [5]],
    ['größe', [5]],
    ['/^Error/', [2]],
    ['/^error/i', [2, 3]],
    ['/hot$/', [2]],
    ['-/r/', [3]],
    ['/^$/', [4]],
    ['topic:sensor/+', [0, 2, 4, 5]],
    ['-topic:sensor/1', [2, 3, 5, 6]],
    ['topic:sensor/# error', [2]],
    ['dir:out', [2]],
    ['-dir:out', [0, 3, 4, 5, 6]],
    ['qos:>=1', [2, 3]],
    ['-qos:1', [0, 3, 4, 5, 6]],
    ['retain:yes', [3]],
    ['retain:no', [0, 2, 4, 5, 6]],
    ['size:0', [4]],
    ['size:2..14', [0, 2, 3, 5, 6]],
    ['-size:>5', [3, 4, 6]],
    ['time:0:00:02..0:00:04', [2, 3, 4]],
    ['time:<0:01', [0, 2, 3, 4]],
    ['-time:<0:01', [5, 6]],
    ['time:last9s', [0, 2, 3, 4, 5, 6]],
    ['time:2026-01-01..', [0, 2, 3, 4, 5, 6]],
    ['$.temp > 25', [0]],
    ['$.temp > 26', []],
    ['-$.temp', [2, 3, 4, 5, 6]],
    ['error dir:out size:>3 /too/', [2]],
  ])('[SQ11] %s finds %j', (what, expected) => {
    expect(search(entries, what)).toEqual(expected)
  })

  test('[SQ11] a match lies within one payload, and not in properties', () => {
    const properties = encodeUtf8('needle')
    const parts = [
      text('need', { properties }),
      text('le', { properties }),
      text('a needle', { properties }),
      text('needleneedle'),
      text('nee'),
      text('dle'),
    ]
    expect(search(parts, 'needle')).toEqual([2, 3])
    expect(search(parts, '/needle/')).toEqual([2, 3])
    expect(search(parts, '-needle')).toEqual([0, 1, 4, 5])
  })

  test('[SQ11] regular expressions see payloads that are not UTF-8, and odd characters, as they are', () => {
    const odd = [
      message({ payload: Uint8Array.of(0xe2, 0x82) }),
      message({ payload: Uint8Array.of(0xac, 0x41) }),
      text('a\x1fb\x1f'),
      text('\ufeff{}'),
      text('€'),
      text('𝄞z'),
    ]
    expect(search(odd, '/^\\ufffd$/')).toEqual([0])
    expect(search(odd, '/^\\ufffdA$/')).toEqual([1])
    expect(search(odd, '/^a\\x1fb\\x1f$/')).toEqual([2])
    expect(search(odd, '/^\\ufeff/')).toEqual([3])
    expect(search(odd, '/^€$/')).toEqual([4])
    expect(search(odd, '/^.z$/')).toEqual([5])
  })

  test('[SQ12] heads alone answer what they can', () => {
    const { head } = pack(0, entries)
    const needsBody = (what: string) => new SegmentSearch(read(what)).sift(head)?.needsBody
    expect(needsBody('topic:sensor/1 dir:in qos:0 retain:no')).toBe(false)
    expect(needsBody('errors topic:ERRORS')).toBe(false)
    expect(needsBody('time:0:00..0:02')).toBe(false)
    expect(needsBody('time:0:00..0:01')).toBe(true)
    expect(needsBody('ok')).toBe(true)
    expect(needsBody('topic:nowhere ok')).toBeUndefined()
    expect(needsBody('time:0:05..')).toBeUndefined()
    expect(needsBody('-time:0:00..0:05')).toBeUndefined()
    expect(needsBody('dir:out topic:sensor/1')).toBeUndefined()
  })

  test('[SQ12] entries before the first that is asked for are left alone', () => {
    expect(search(entries, '', 3)).toEqual([3, 4, 5, 6])
    expect(search(entries, 'error', 3)).toEqual([3])
    expect(search(entries, '', 7)).toEqual([])
  })
})

describe('the search of a segment with gaps', () => {
  test('[SQ11] gives the seqs of its entries', () => {
    const { head, body } = pack(0, [text('yes'), text('no'), text('yes')])
    const sparse = { ...head, firstSeq: 7, seqs: [7, 20, 33] }
    const tester = new SegmentSearch(read('yes'))
    const seqs = (from?: number) => {
      const sifted = tester.sift(sparse, from)
      return sifted && tester.finish(sifted, body)
    }
    expect(seqs()).toEqual([7, 33])
    expect(seqs(8)).toEqual([33])
    expect(seqs(34)).toBeUndefined()
  })
})

describe('any search of any segment', () => {
  const piece = fc.constantFrom(
    'a',
    'K',
    '\u212a',
    'ß',
    '€',
    '"a":',
    '{',
    '}',
    '1',
    '𝄞',
    ' ',
    '\x1f',
  )
  const payload = fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((parts) => encodeUtf8(parts.join(''))),
    fc.constantFrom('{"a":1}', '{"a":"k"}', '').map(encodeUtf8),
    fc.uint8Array({ maxLength: 5 }),
  )
  const entry = fc.oneof(
    { weight: 1, arbitrary: fc.constant(mark) },
    {
      weight: 9,
      arbitrary: fc
        .record({
          topic: fc.constantFrom('a', 'K/b', 'x/ß', 'x'),
          payload,
          properties: fc.uint8Array({ maxLength: 3 }),
          qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
          retain: fc.boolean(),
          direction: fc.constantFrom('in' as const, 'out' as const),
          time: fc.nat({ max: 9 }),
        })
        .map(message),
    },
  )
  const text = fc
    .array(fc.constantFrom('a', 'k', 'ẞ', '€', '"', '1', '𝄞', '\x1f'), {
      minLength: 1,
      maxLength: 2,
    })
    .map((parts) => ({ kind: 'text' as const, text: parts.join('') }))
  const term = fc
    .tuple(
      fc.oneof(
        text,
        fc
          .constantFrom('^a', 'a$', '^.$', '€|k', '\\ufffd', '^$')
          .map((source) => ({ kind: 'pattern' as const, source, flags: 'iu' as const })),
        fc.constantFrom('a', 'x/+', '#').map((filter) => ({ kind: 'topic' as const, filter })),
        fc.constantFrom('in' as const, 'out' as const).map((direction) => ({
          ...{ kind: 'direction' as const, direction },
        })),
        fc.constant({ kind: 'qos' as const, levels: [1, 2] as QoS[] }),
        fc.boolean().map((retain) => ({ kind: 'retain' as const, retain })),
        fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })).map(([from, to]) => ({
          ...{ kind: 'size' as const, from, to },
        })),
        fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })).map(([from, to]) => ({
          ...{ kind: 'time' as const, from, to },
        })),
        fc.constant({ kind: 'json' as const, path: ['a'] as JsonPath }),
      ),
      fc.boolean(),
    )
    .map(([what, negated]): SearchTerm => ({ ...what, negated }))

  /** What a term means, said in the simplest way. */
  function holds(one: LogMessage, what: SearchTerm): boolean {
    const decoded = decodeUtf8Leniently(one.payload)
    const within = (value: number, { from, to }: { from: number; to: number }) =>
      from <= value && value <= to
    switch (what.kind) {
      case 'text': {
        const escaped = what.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
        const pattern = new RegExp(escaped, 'iu')
        return pattern.test(one.topic) || pattern.test(decoded)
      }
      case 'pattern': {
        const pattern = new RegExp(what.source, what.flags)
        return pattern.test(one.topic) || pattern.test(decoded)
      }
      case 'topic':
        return matchTopic(what.filter, one.topic)
      case 'direction':
        return one.direction === what.direction
      case 'qos':
        return what.levels.includes(one.qos)
      case 'retain':
        return one.retain === what.retain
      case 'size':
        return within(one.payload.length, what)
      case 'time':
        return within(one.time, what)
      case 'json':
        return /^\s*\{\s*"a"\s*:/.test(decoded) && ['{"a":1}', '{"a":"k"}'].includes(decoded)
    }
  }

  /** Payloads that begin like JSON and are none differ between the two ways to read it. */
  const isPlain = (one: LogEntry) =>
    one.kind === 'mark' ||
    !decodeUtf8Leniently(one.payload).trimStart().startsWith('{') ||
    ['{"a":1}', '{"a":"k"}'].includes(decodeUtf8Leniently(one.payload))

  test('[SQ11] finds what each of its terms finds, message by message', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(entry.filter(isPlain), { minLength: 1, maxLength: 12 }),
        fc.array(term, { maxLength: 3 }),
        (entries, terms) => {
          const expected = entries.flatMap((one, i) =>
            one.kind === 'message' && terms.every((what) => holds(one, what) !== what.negated)
              ? [i]
              : [],
          )
          expect(search(entries, { terms })).toEqual(expected)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
