import { decodeUtf8Leniently, encodeUtf8 } from '../text.ts'
import { JsonFinder } from './jsonFinder.ts'
import type { JsonTest, Search, SearchTest } from './search.ts'

/** A stretch of text: characters `from` to `to`, not included. */
export type Hit = { from: number; to: number }

/** What is marked in one text at most; nobody counts more by eye. */
const MOST_HITS = 1_000

/**
 * Where the words, regular expressions and values of JSON that a search asks for stand in a text, in
 * order and without overlaps. Negated terms and tests of other things stand nowhere. A regular
 * expression may take any time.
 */
export function hitsIn(search: Search, text: string): Hit[] {
  const hits = search.terms.flatMap((term) => {
    if (term.negated) return []
    if (term.kind === 'json') return findValue(term, text)
    const pattern = patternOf(term)
    return pattern ? findAll(pattern, text) : []
  })
  return joined(hits.sort((a, b) => a.from - b.from))
}

/** The part of a search whose hits are found at once, whatever the text. */
export function plainPart({ terms }: Search): Search {
  return { terms: terms.filter(({ kind }) => kind !== 'pattern') }
}

/** The part of a search that can stand in a topic: a topic is no JSON, even where it looks like it. */
export function topicPart({ terms }: Search): Search {
  return { terms: terms.filter(({ kind }) => kind !== 'json') }
}

/** The first value that passes; the whole payload is no hit in itself. */
function findValue(test: JsonTest, text: string): Hit[] {
  if (test.path.length === 0 && !test.comparison) return []
  const bytes = encodeUtf8(text)
  const finder = new JsonFinder(test)
  if (!finder.matches(bytes, 0, bytes.length)) return []
  const placeOf = (end: number) => decodeUtf8Leniently(bytes.subarray(0, end)).length
  return [{ from: placeOf(finder.start), to: placeOf(finder.end) }]
}

function patternOf(test: SearchTest): RegExp | undefined {
  if (test.kind === 'pattern') return new RegExp(test.source, `g${test.flags}`)
  if (test.kind !== 'text') return undefined
  return new RegExp(test.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu')
}

function findAll(pattern: RegExp, text: string): Hit[] {
  const hits: Hit[] = []
  for (const match of text.matchAll(pattern)) {
    const [found] = match
    if (found.length > 0) hits.push({ from: match.index, to: match.index + found.length })
    if (hits.length === MOST_HITS) break
  }
  return hits
}

function joined(hits: readonly Hit[]): Hit[] {
  const all: Hit[] = []
  for (const hit of hits) {
    const last = all.at(-1)
    if (last && hit.from <= last.to) last.to = Math.max(last.to, hit.to)
    else all.push({ ...hit })
  }
  return all
}
