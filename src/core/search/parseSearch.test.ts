import { describe, expect, test } from 'vitest'
import { parseSearch } from './parseSearch.ts'
import type { LocalTime } from './readTime.ts'
import type { SearchTest } from './search.ts'

const HOUR = 3_600_000

/** Noon of 26 November 2026 in a place one hour before UTC. */
const local: LocalTime = {
  now: Date.UTC(2026, 10, 26, 11),
  today: { year: 2026, month: 11, day: 26 },
  at: (year, month, day, sinceMidnight) => Date.UTC(year, month - 1, day) + sinceMidnight - HOUR,
}

/** A local time of that day, or of another one in November. */
const on = (clock: string, day = 26) => Date.parse(`2026-11-${day}T${clock}+01:00`)

/** The only term, without whether it is negated. */
function term(text: string): SearchTest {
  const parsed = parseSearch(text, local)
  if (!('terms' in parsed)) throw new Error(`${text}: ${JSON.stringify(parsed)}`)
  const [first, ...others] = parsed.terms
  if (!first || others.length > 0) throw new Error(`${parsed.terms.length} terms`)
  const { negated, ...rest } = first
  expect(negated).toBe(false)
  return rest
}

describe('the terms of a search', () => {
  test('[SQ1] are separated by white space, and all count', () => {
    const search = parseSearch('  error\u3000topic:a/# \t $.n > 5 "two words" ', local)
    expect(search).toEqual({
      terms: [
        { negated: false, kind: 'text', text: 'error' },
        { negated: false, kind: 'topic', filter: 'a/#' },
        {
          negated: false,
          kind: 'json',
          path: ['n'],
          comparison: { operator: '>', literal: { type: 'number', digits: '5' } },
        },
        { negated: false, kind: 'text', text: 'two words' },
      ],
    })
  })

  test.each(['', '   ', '""', '-""'])('[SQ1] there are none in %j', (text) => {
    expect(parseSearch(text, local)).toEqual({ terms: [] })
  })

  test.each(['-error', '-"error"', '-topic:a', '-/a/', '-$.a', '-size:5'])(
    '[SQ2] %s is negated',
    (text) => {
      expect(parseSearch(text, local)).toMatchObject({ terms: [{ negated: true }] })
    },
  )

  test('[SQ2] a minus sign by itself, or within a word, is text', () => {
    expect(term('-')).toEqual({ kind: 'text', text: '-' })
    expect(term('a-b')).toEqual({ kind: 'text', text: 'a-b' })
    expect(term('"-5"')).toEqual({ kind: 'text', text: '-5' })
  })
})

describe('text', () => {
  test.each([
    ['temp', 'temp'],
    ['"a \\"b\\" \\\\ c"', 'a "b" \\ c'],
    ['温度', '温度'],
    ['http://a:1', 'http://a:1'],
    ['unknown:5', 'unknown:5'],
    ['/home/kitchen', '/home/kitchen'],
    ['/half', '/half'],
    ['$SYS/broker', '$SYS/broker'],
    ['"topic:a"', 'topic:a'],
  ])('[SQ3] %s looks for %j', (text, wanted) => {
    expect(term(text)).toEqual({ kind: 'text', text: wanted })
  })

  test('[SQ3] an open quote is an issue up to the end', () => {
    expect(parseSearch('a "b c', local)).toEqual({ code: 'open-quote', from: 2, to: 6 })
    expect(parseSearch('topic:"b c', local)).toMatchObject({ code: 'open-quote', from: 0, to: 10 })
  })
})

describe('a regular expression', () => {
  test.each([
    ['/a b/', 'a b', 'u'],
    ['/Err(or)?/i', 'Err(or)?', 'iu'],
    ['/a\\/b/', 'a\\/b', 'u'],
    ['/[/]/', '[/]', 'u'],
    ['/\\p{L}+/', '\\p{L}+', 'u'],
  ])('[SQ4] %s', (text, source, flags) => {
    expect(term(text)).toEqual({ kind: 'pattern', source, flags })
  })

  test('[SQ4] that is wrong is an issue in the words of the engine', () => {
    expect(parseSearch('x /a(/ y', local)).toEqual({
      code: 'bad-pattern',
      detail: 'Unterminated group',
      from: 2,
      to: 6,
    })
    expect(parseSearch('/a/g', local)).toEqual({ code: 'bad-flag', flag: 'g', from: 0, to: 4 })
  })
})

describe('the terms with a name', () => {
  test.each<[string, SearchTest]>([
    ['topic:sensor/+/temp', { kind: 'topic', filter: 'sensor/+/temp' }],
    ['TOPIC:"a b/#"', { kind: 'topic', filter: 'a b/#' }],
    ['dir:in', { kind: 'direction', direction: 'in' }],
    ['dir:out', { kind: 'direction', direction: 'out' }],
    ['qos:1', { kind: 'qos', levels: [1] }],
    ['qos:>=1', { kind: 'qos', levels: [1, 2] }],
    ['qos:0,2', { kind: 'qos', levels: [0, 2] }],
    ['qos:<1', { kind: 'qos', levels: [0] }],
    ['qos:0..1', { kind: 'qos', levels: [0, 1] }],
    ['qos:>2', { kind: 'qos', levels: [] }],
    ['retain:yes', { kind: 'retain', retain: true }],
    ['retain:no', { kind: 'retain', retain: false }],
    ['size:17', { kind: 'size', from: 17, to: 17 }],
    ['size:>1k', { kind: 'size', from: 1_001, to: Infinity }],
    ['size:<200', { kind: 'size', from: 0, to: 199 }],
    ['size:<=1.5kB', { kind: 'size', from: 0, to: 1_500 }],
    ['size:>=2MiB', { kind: 'size', from: 2_097_152, to: Infinity }],
    ['size:10..2kb', { kind: 'size', from: 10, to: 2_000 }],
    ['size:10..', { kind: 'size', from: 10, to: Infinity }],
    ['size:..10', { kind: 'size', from: 0, to: 10 }],
    ['size:<0', { kind: 'size', from: 0, to: -1 }],
  ])('[SQ5] %s', (text, expected) => {
    expect(term(text)).toEqual(expected)
  })

  test.each([
    ['topic:', { code: 'no-value', name: 'topic' }],
    ['size: 5', { code: 'no-value', name: 'size' }],
    ['topic:a/#/b', { code: 'bad-topic', issue: { code: 'misplaced-hash' } }],
    ['dir:up', { code: 'bad-value', name: 'dir' }],
    ['qos:3', { code: 'bad-value', name: 'qos' }],
    ['qos:1,', { code: 'bad-value', name: 'qos' }],
    ['qos:2..1', { code: 'backwards' }],
    ['retain:1', { code: 'bad-value', name: 'retain' }],
    ['size:big', { code: 'bad-value', name: 'size' }],
    ['size:..', { code: 'bad-value', name: 'size' }],
    ['size:>', { code: 'bad-value', name: 'size' }],
    ['size:2k..10', { code: 'backwards' }],
    ['time:noon', { code: 'bad-value', name: 'time' }],
    ['time:25:00', { code: 'bad-value', name: 'time' }],
    ['time:2026-02-29', { code: 'bad-value', name: 'time' }],
    ['time:>', { code: 'bad-value', name: 'time' }],
    ['time:last5', { code: 'bad-value', name: 'time' }],
    ['time:14:30..14:00', { code: 'backwards' }],
  ])('[SQ6] %s is an issue with its place', (text, mistake) => {
    const to = text.includes(' ') ? text.indexOf(' ') : text.length
    expect(parseSearch(text, local)).toEqual({ ...mistake, from: 0, to })
  })
})

describe('times', () => {
  test.each([
    ['14:00..14:30', on('14:00'), on('14:30')],
    ['14:05', on('14:05'), on('14:05:59.999')],
    ['9:05:07', on('09:05:07'), on('09:05:07.999')],
    ['14:05:07.25', on('14:05:07.250'), on('14:05:07.259')],
    ['2026-11-25', on('00:00', 25), on('23:59:59.999', 25)],
    ['2026-11-25T08:00', on('08:00', 25), on('08:00:59.999', 25)],
    ['today', on('00:00'), on('23:59:59.999')],
    ['yesterday', on('00:00', 25), on('23:59:59.999', 25)],
    ['>2026-11-26T14:00', on('14:00'), Infinity],
    ['>=2026-11-25', on('00:00', 25), Infinity],
    ['>2026-11-25', on('00:00', 26), Infinity],
    ['<14:00', -Infinity, on('14:00') - 1],
    ['<=2026-11-25', -Infinity, on('23:59:59.999', 25)],
    ['2026-11-24..2026-11-25', on('00:00', 24), on('23:59:59.999', 25)],
    ['14:00..', on('14:00'), Infinity],
    ['..yesterday', -Infinity, on('23:59:59.999', 25)],
    ['last5m', on('11:55'), Infinity],
    ['last36h', on('00:00', 25), Infinity],
  ])('[SQ7] time:%s', (text, from, to) => {
    expect(term(`time:${text}`)).toEqual({ kind: 'time', from, to })
  })

  test('[SQ7] last2d is 48 hours back from now', () => {
    expect(term('time:last2d')).toMatchObject({ from: local.now - 48 * HOUR })
  })
})

describe('a JSON path', () => {
  test.each([
    ['$', []],
    ['$.temp', ['temp']],
    ['$.a.b[0]', ['a', 'b', 0]],
    ['$["odd key"].x', ['odd key', 'x']],
    ["$['odd'][2]", ['odd', 2]],
    ['$["\\u00e9"]', ['é']],
    ['$.größe', ['größe']],
  ])('[SQ8] %s must exist', (text, path) => {
    expect(term(text)).toEqual({ kind: 'json', path })
  })

  test.each([
    ['$.t > 25', '>', { type: 'number', digits: '25' }],
    ['$.t>=-1.50e3', '>=', { type: 'number', digits: '-1.50e3' }],
    ['$.t = 12345678901234567890', '=', { type: 'number', digits: '12345678901234567890' }],
    ['$.t == 1', '=', { type: 'number', digits: '1' }],
    ['$.t != "a \\"b\\" \\u00e9"', '!=', { type: 'string', text: 'a "b" é' }],
    ['$.t = on', '=', { type: 'string', text: 'on' }],
    ['$.t = "5"', '=', { type: 'string', text: '5' }],
    ['$.t = true', '=', { type: 'word', word: 'true' }],
    ['$.t != null', '!=', { type: 'word', word: 'null' }],
  ])('[SQ8] %s is compared', (text, operator, literal) => {
    expect(term(text)).toEqual({ kind: 'json', path: ['t'], comparison: { operator, literal } })
  })

  test('[SQ8] what stands behind a path without an operator is another term', () => {
    expect(parseSearch('$.a word -$.b = 1', local)).toMatchObject({
      terms: [
        { kind: 'json', path: ['a'] },
        { kind: 'text', text: 'word' },
        { kind: 'json', path: ['b'], negated: true },
      ],
    })
  })

  test.each([
    ['$.', { code: 'bad-path' }],
    ['$.a..b', { code: 'bad-path' }],
    ['$[x]', { code: 'bad-path' }],
    ['$["a]', { code: 'bad-path' }],
    ['$.a >', { code: 'no-literal' }],
    ['$.a = "b', { code: 'open-quote' }],
    ['$.a < true', { code: 'no-order' }],
  ])('[SQ6] %s is an issue', (text, mistake) => {
    expect(parseSearch(text, local)).toMatchObject({ ...mistake, from: 0 })
  })
})
