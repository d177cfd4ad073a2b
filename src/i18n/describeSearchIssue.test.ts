import { describe, expect, test } from 'vitest'
import { parseSearch } from '../core/search/parseSearch.ts'
import { describeSearchIssue } from './describeSearchIssue.ts'

const local = { now: 0, today: { year: 2026, month: 1, day: 1 }, at: () => 0 }

describe('what is wrong with a search', () => {
  test.each([
    ['a "b', 'The closing quotation mark is missing.'],
    ['a size: b', 'Nothing stands behind “size:”.'],
    ['size:big', /^“size:big” is no size\. Write it as /],
    ['time:noon', /^“time:noon” is no time\. Write it as /],
    ['dir:up', '“dir:up”: a direction is in or out.'],
    ['qos:3', /^“qos:3” is no QoS/],
    ['retain:maybe', '“retain:maybe”: retain is yes or no.'],
    ['size:2k..1k', '“size:2k..1k” ends before it begins.'],
    ['topic:a/#/b', /^“topic:a\/#\/b” is no topic filter: \S.*\.$/],
    ['/a(/', '“/a(/” is no regular expression: Unterminated group.'],
    ['/a/g', /quotes: "\/a\/g"\.$/],
    ['$.a..b', /^“\$\.a\.\.b” is no JSON path\./],
    ['$.a >', 'A value to compare with is missing behind “$.a >”.'],
    ['$.a > true', '“$.a > true”: only = and != go with true, false and null.'],
  ])('[SQ6] %s is told as a whole sentence', (text, words) => {
    const issue = parseSearch(text, local)
    if (!('code' in issue)) throw new Error('It is a search')
    const told = describeSearchIssue(issue, text)
    expect(told).toMatch(words)
    expect(told).not.toMatch(/\{\w+\}/)
    expect(told).toMatch(/^[A-Z“].*\.$/s)
  })
})
