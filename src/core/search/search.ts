import type { Direction, QoS } from '../message.ts'
import type { TopicIssue } from '../topic.ts'
import type { Bytes, EpochMs } from '../units.ts'

/** What messages are looked for: those for which every term holds. Plain data, so it can be posted. */
export type Search = { terms: SearchTerm[] }

/** A term that is negated holds for every message for which it would not hold otherwise. */
export type SearchTerm = SearchTest & { negated: boolean }

export type SearchTest =
  /** Stands in the topic or the payload, in upper or lower case. Never empty. */
  | { kind: 'text'; text: string }
  /** A regular expression that matches within the topic or the payload. */
  | { kind: 'pattern'; source: string; flags: 'u' | 'iu' }
  | { kind: 'topic'; filter: string }
  | { kind: 'direction'; direction: Direction }
  | { kind: 'qos'; levels: QoS[] }
  | { kind: 'retain'; retain: boolean }
  /** Of the payload; both ends included, `Infinity` where there is none. */
  | { kind: 'size'; from: Bytes; to: Bytes }
  /** Both ends included, `-Infinity` and `Infinity` where there is none. */
  | { kind: 'time'; from: EpochMs; to: EpochMs }
  | JsonTest

/** The payload is JSON with a value at this path and, where there is a comparison, one that passes. */
export type JsonTest = { kind: 'json'; path: JsonPath; comparison?: JsonComparison }

/** Names of members and positions of elements, from the outside in; empty is the whole payload. */
export type JsonPath = (string | number)[]

export type JsonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

export type JsonComparison = { operator: JsonOperator; literal: JsonLiteral }

/** What a value is compared with. `digits` is the number as it was typed. */
export type JsonLiteral =
  | { type: 'number'; digits: string }
  | { type: 'string'; text: string }
  | { type: 'word'; word: 'true' | 'false' | 'null' }

/** The terms that begin with a name and a colon. */
export const SEARCH_NAMES = ['topic', 'dir', 'qos', 'retain', 'size', 'time'] as const

export type SearchName = (typeof SEARCH_NAMES)[number]

/** Why a text is no search; the characters from `from` to `to` (not included) are to blame. */
export type SearchIssue = SearchMistake & { from: number; to: number }

type SearchMistake =
  | { code: 'open-quote' }
  /** Nothing behind the colon. */
  | { code: 'no-value'; name: SearchName }
  /** What is behind the colon cannot be read. */
  | { code: 'bad-value'; name: Exclude<SearchName, 'topic'> }
  /** A range ends before it begins. */
  | { code: 'backwards' }
  | { code: 'bad-topic'; issue: TopicIssue }
  /** `detail` is what the JavaScript engine says of the regular expression. */
  | { code: 'bad-pattern'; detail: string }
  | { code: 'bad-flag'; flag: string }
  | { code: 'bad-path' }
  /** A comparison with nothing to compare with. */
  | { code: 'no-literal' }
  /** `<` or `>` and a word such as `true`, which is neither less nor more than anything. */
  | { code: 'no-order' }

/** A search term, or why there is none. */
export type Parsed<Result> = { value: Result } | { mistake: SearchMistake }
