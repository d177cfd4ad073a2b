import type {
  JsonComparison,
  JsonLiteral,
  JsonOperator,
  JsonPath,
  JsonTest,
  Parsed,
} from './search.ts'
import type { TermText } from './termText.ts'

const SEGMENT =
  /\.([^\s.[\]=!<>"]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]|\['((?:[^'\\]|\\.)*)'\]/sy
const OPERATOR = /\s*(<=|>=|!=|==?|<|>)\s*/y
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/**
 * Reads a JSON path, such as `$.a.b[0]` or `$["odd key"]`, and what its value is compared with. Without
 * a comparison a value must exist. Undefined, and nothing read, where the dollar sign begins something
 * else, such as the topic `$SYS/broker`.
 */
export function readJsonTest(source: TermText): Parsed<JsonTest> | undefined {
  if (!isPath(source)) return undefined
  source.at += 1
  const path = readPath(source)
  if (!path) return { mistake: { code: 'bad-path' } }
  const operator = source.take(OPERATOR)?.[1]
  if (operator !== undefined) {
    const comparison = readComparison(source, (operator === '==' ? '=' : operator) as JsonOperator)
    if ('mistake' in comparison) return comparison
    return { value: { kind: 'json', path, comparison: comparison.value } }
  }
  if (source.isSpaceAt(source.at)) return { value: { kind: 'json', path } }
  source.takeWord()
  return { mistake: { code: 'bad-path' } }
}

function isPath({ text, at }: TermText): boolean {
  return /^\$(?:[.[]|\s*(?:[<>=]|!=)|(?!\S))/.test(text.slice(at, at + 80))
}

function readPath(source: TermText): JsonPath | undefined {
  const path: JsonPath = []
  for (let match = source.take(SEGMENT); match; match = source.take(SEGMENT)) {
    const [, name, position, quoted, single] = match
    if (name !== undefined) path.push(name)
    else if (position !== undefined) path.push(Number(position))
    else if (single !== undefined) path.push(single.replace(/\\(.)/gs, '$1'))
    else {
      const text = readString(quoted ?? '')
      if (text === undefined) return undefined
      path.push(text)
    }
  }
  return path
}

function readComparison(source: TermText, operator: JsonOperator): Parsed<JsonComparison> {
  const isQuoted = source.text[source.at] === '"'
  const lexeme = isQuoted ? source.take(/"(?:[^"\\]|\\.)*"/sy)?.[0] : source.takeWord()
  if (lexeme === undefined) {
    source.at = source.text.length
    return { mistake: { code: 'open-quote' } }
  }
  if (lexeme === '') return { mistake: { code: 'no-literal' } }
  const literal = literalOf(lexeme, isQuoted)
  const isOrder = operator !== '=' && operator !== '!='
  if (isOrder && literal.type === 'word') return { mistake: { code: 'no-order' } }
  return { value: { operator, literal } }
}

/** What is neither a number nor a word of JSON is a string, with or without its quotes. */
function literalOf(lexeme: string, isQuoted: boolean): JsonLiteral {
  if (isQuoted) return { type: 'string', text: readString(lexeme) ?? lexeme.slice(1, -1) }
  if (lexeme === 'true' || lexeme === 'false' || lexeme === 'null') {
    return { type: 'word', word: lexeme }
  }
  if (NUMBER.test(lexeme)) return { type: 'number', digits: lexeme }
  return { type: 'string', text: lexeme }
}

/** The text of a JSON string; undefined for one with an escape that JSON does not have. */
function readString(lexeme: string): string | undefined {
  try {
    return JSON.parse(lexeme) as string
  } catch {
    return undefined
  }
}
