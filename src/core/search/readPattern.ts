import type { Parsed, SearchTest } from './search.ts'
import type { TermText } from './termText.ts'

/** Up to the first slash that is not escaped and that ends the term. */
const DELIMITED = /\/((?:[^\\]|\\.)+?)\/(i?)(?!\S)/sy

/** The same with a flag that is not taken; two letters and more may as well be a level of a topic. */
const WITH_FLAG = /\/(?:[^\\\s]|\\.)+?\/([dgmsuvy])(?!\S)/y

/**
 * Reads a regular expression, `/…/` or `/…/i`. Undefined, and nothing read, for any other text with a
 * slash in front, such as a topic.
 */
export function readPattern(source: TermText): Parsed<SearchTest> | undefined {
  const flag = source.take(WITH_FLAG)?.[1]
  if (flag !== undefined) return { mistake: { code: 'bad-flag', flag } }
  const match = source.take(DELIMITED)
  if (!match) return undefined
  const [, pattern = '', i] = match
  const flags = i === 'i' ? 'iu' : 'u'
  try {
    new RegExp(pattern, flags)
    return { value: { kind: 'pattern', source: pattern, flags } }
  } catch (error) {
    return { mistake: { code: 'bad-pattern', detail: reasonOf(error) } }
  }
}

/** Engines put the whole expression in front of what is wrong with it. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/^Invalid regular expression: (?:\/.*\/\w*: )?/s, '')
}
