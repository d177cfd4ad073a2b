import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterIssue, matchTopic, overlaps, parseShared, topicIssue } from './topic.ts'

describe('a topic filter', () => {
  test.each([
    ['sensor/+/temperature', 'sensor/1/temperature', true],
    ['sensor/+/temperature', 'sensor/1/2/temperature', false],
    ['sensor/+', 'sensor', false],
    ['sensor/+', 'sensor/', true],
    ['+', 'a', true],
    ['+', 'a/b', false],
    ['+/+', '/a', true],
  ])('[TF1] + stands for exactly one level: %s and %s give %s', (filter, topic, expected) => {
    expect(matchTopic(filter, topic)).toBe(expected)
  })

  test.each([
    ['a/#', 'a/x', true],
    ['a/#', 'a/b/c/d', true],
    ['a/#', 'a', true],
    ['a/#', 'ab', false],
    ['#', 'any/thing', true],
    ['a/+/#', 'a', false],
    ['a/+/#', 'a/b', true],
  ])(
    '[TF2] # stands for any levels and the parent: %s and %s give %s',
    (filter, topic, expected) => {
      expect(matchTopic(filter, topic)).toBe(expected)
    },
  )

  test('[TF3] a leading wildcard does not see topics that begin with $', () => {
    expect(matchTopic('#', '$SYS/broker')).toBe(false)
    expect(matchTopic('+/broker', '$SYS/broker')).toBe(false)
    expect(matchTopic('$SYS/#', '$SYS/broker')).toBe(true)
  })

  test('[TF4] a shared filter matches by what is behind its group', () => {
    expect(parseShared('$share/group/a/+')).toEqual({ group: 'group', filter: 'a/+' })
    expect(matchTopic('$share/group/a/+', 'a/b')).toBe(true)
    expect(matchTopic('$share/group/a/+', 'b/b')).toBe(false)
  })

  test.each([
    ['', 'empty'],
    ['a/#/b', 'misplaced-hash'],
    ['a#', 'misplaced-hash'],
    ['a+/b', 'misplaced-plus'],
    ['$share/group', 'bad-share'],
    ['$share/gr+up/a', 'bad-share'],
    ['$share//a', 'bad-share'],
    ['a\0', 'bad-character'],
    ['a\ud800', 'bad-character'],
    ['é'.repeat(32_768), 'too-long'],
  ])('[TF5] a malformed filter has a named issue: %j is %s', (filter, code) => {
    expect(filterIssue(filter)?.code).toBe(code)
  })

  test.each(['#', '+', 'a/+/b/#', '/', '//', '$SYS/#', '$share/g/#', 'é'.repeat(32_767)])(
    '[TF5] %j is well formed',
    (filter) => {
      expect(filterIssue(filter)).toBeUndefined()
    },
  )

  test('[TF1] agrees with the specification read literally, level by level', () => {
    const level = fc.constantFrom('a', 'b', '', '+', '$x')
    const topicLevel = fc.constantFrom('a', 'b', '', '$x')
    const filters = fc
      .tuple(fc.array(level, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([levels, hash]) => [...levels, ...(hash ? ['#'] : [])].join('/'))
    const topics = fc.array(topicLevel, { minLength: 1, maxLength: 5 }).map((all) => all.join('/'))
    fc.assert(
      fc.property(filters, topics, (filter, topic) => {
        expect(matchTopic(filter, topic)).toBe(matchLiterally(filter, topic))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a topic name', () => {
  test('[TF6] has no wildcard', () => {
    expect(topicIssue('a/+')).toEqual({ code: 'wildcard-in-topic', wildcard: '+' })
    expect(topicIssue('a/#')).toEqual({ code: 'wildcard-in-topic', wildcard: '#' })
    expect(topicIssue('sensor/1/temperature')).toBeUndefined()
  })

  test('[TF6] is measured in UTF-8 bytes', () => {
    expect(topicIssue('温'.repeat(21_845))).toBeUndefined()
    expect(topicIssue('温'.repeat(21_846))).toEqual({ code: 'too-long', bytes: 65_538 })
  })
})

test.each([
  ['sensor/+/temperature', 'sensor/1/#', true],
  ['a/#', 'a', true],
  ['a', 'b', false],
  ['a/+', 'a/b/c', false],
  ['#', '$SYS/#', false],
  ['$share/g/a/+', 'a/b', true],
])('[TF7] overlapping filters are recognised: %s and %s give %s', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected)
  expect(overlaps(other, one)).toBe(expected)
})

function matchLiterally(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false
  const match = (pattern: string[], levels: string[]): boolean => {
    const [first, ...rest] = pattern
    if (first === '#') return true
    if (first === undefined) return levels.length === 0
    const [level, ...others] = levels
    if (level === undefined) return first === '#'
    return (first === '+' || first === level) && match(rest, others)
  }
  const levels = topic.split('/')
  return (
    match(filter.split('/'), levels) ||
    (filter.endsWith('/#') && match(filter.split('/').slice(0, -1), levels))
  )
}
