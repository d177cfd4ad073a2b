import { filterIssue } from '../topic.ts'
import { readJsonTest } from './readJsonTest.ts'
import { readPattern } from './readPattern.ts'
import { readQos } from './readQos.ts'
import { readSize } from './readSize.ts'
import { readTime, type LocalTime } from './readTime.ts'
import { SEARCH_NAMES, type Parsed, type SearchName, type SearchTest } from './search.ts'
import type { TermText } from './termText.ts'

const NAMED = new RegExp(`(${SEARCH_NAMES.join('|')}):`, 'iy')

/** Reads the term that begins here, without the minus sign of a negated one. */
export function readTerm(source: TermText, local: LocalTime): Parsed<SearchTest> {
  const first = source.text[source.at]
  if (first === '"') return readQuotedText(source)
  const special =
    first === '/' ? readPattern(source) : first === '$' ? readJsonTest(source) : undefined
  if (special) return special
  const name = source.take(NAMED)?.[1]?.toLowerCase() as SearchName | undefined
  if (!name) return { value: { kind: 'text', text: source.takeWord() } }
  const value = source.text[source.at] === '"' ? source.takeQuoted() : source.takeWord()
  if (value === undefined) return { mistake: { code: 'open-quote' } }
  if (value === '') return { mistake: { code: 'no-value', name } }
  return readNamed(name, value, local)
}

function readQuotedText(source: TermText): Parsed<SearchTest> {
  const text = source.takeQuoted()
  return text === undefined
    ? { mistake: { code: 'open-quote' } }
    : { value: { kind: 'text', text } }
}

function readNamed(name: SearchName, value: string, local: LocalTime): Parsed<SearchTest> {
  switch (name) {
    case 'topic': {
      const issue = filterIssue(value)
      if (issue) return { mistake: { code: 'bad-topic', issue } }
      return { value: { kind: 'topic', filter: value } }
    }
    case 'dir':
      if (value !== 'in' && value !== 'out') return { mistake: { code: 'bad-value', name } }
      return { value: { kind: 'direction', direction: value } }
    case 'qos':
      return readQos(value)
    case 'retain':
      if (value !== 'yes' && value !== 'no') return { mistake: { code: 'bad-value', name } }
      return { value: { kind: 'retain', retain: value === 'yes' } }
    case 'size':
      return readSize(value)
    case 'time':
      return readTime(value, local)
  }
}
