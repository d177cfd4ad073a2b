import { utf8Length } from './text.ts'

/** The longest UTF-8 string that MQTT can carry (MQTT 5.0 §1.5.4). */
export const MAX_STRING_BYTES = 65_535

/** What is wrong with a topic name or a topic filter. */
export type TopicIssue =
  | { code: 'empty' }
  | { code: 'too-long'; bytes: number }
  /** U+0000 and lone surrogates are not allowed in any MQTT string (§1.5.4). */
  | { code: 'bad-character' }
  /** A topic name that is published to has no wildcard (§4.7.1). */
  | { code: 'wildcard-in-topic'; wildcard: '+' | '#' }
  /** `#` is a whole level, and the last one (§4.7.1.2). */
  | { code: 'misplaced-hash' }
  /** `+` is a whole level (§4.7.1.3). */
  | { code: 'misplaced-plus' }
  /** `$share/` needs a group name without wildcards, and a filter behind it (§4.8.2). */
  | { code: 'bad-share' }

/** A shared subscription's parts: `$share/group/filter` (MQTT 5.0 §4.8.2). */
export type SharedFilter = { group: string; filter: string }

/** The issue of a topic name to publish to, or undefined when it is well formed (MQTT 5.0 §4.7). */
export function topicIssue(topic: string): TopicIssue | undefined {
  const issue = stringIssue(topic)
  if (issue) return issue
  const wildcard = /[+#]/.exec(topic)?.[0]
  if (wildcard === '+' || wildcard === '#') return { code: 'wildcard-in-topic', wildcard }
  return undefined
}

/** The issue of a topic filter to subscribe to, or undefined when it is well formed (MQTT 5.0 §4.7). */
export function filterIssue(filter: string): TopicIssue | undefined {
  const issue = stringIssue(filter)
  if (issue) return issue
  if (!filter.startsWith('$share/')) return levelsIssue(filter)
  const shared = parseShared(filter)
  if (!shared || shared.filter === '') return { code: 'bad-share' }
  return levelsIssue(shared.filter)
}

/** The group and inner filter of a shared subscription; undefined for any other filter. */
export function parseShared(filter: string): SharedFilter | undefined {
  const parts = /^\$share\/([^/+#]+)\/(.*)$/s.exec(filter)
  return parts ? { group: parts[1] ?? '', filter: parts[2] ?? '' } : undefined
}

/**
 * Whether a topic name matches a filter: `+` is one level, `#` any number of levels and also the parent
 * itself, and a filter that begins with a wildcard does not see topics that begin with `$`
 * (MQTT 5.0 §4.7). A shared filter matches by what is behind its group. Both are taken as well formed.
 */
export function matchTopic(filter: string, topic: string): boolean {
  const pattern = parseShared(filter)?.filter ?? filter
  if (topic.startsWith('$') && (pattern.startsWith('+') || pattern.startsWith('#'))) return false
  let inPattern = 0
  let inTopic = 0
  for (;;) {
    const patternEnd = levelEnd(pattern, inPattern)
    const level = pattern.slice(inPattern, patternEnd)
    if (level === '#') return true
    const topicEnd = levelEnd(topic, inTopic)
    if (level !== '+' && level !== topic.slice(inTopic, topicEnd)) return false
    const patternEnds = patternEnd === pattern.length
    const topicEnds = topicEnd === topic.length
    if (topicEnds) return patternEnds || pattern.slice(patternEnd) === '/#'
    if (patternEnds) return false
    inPattern = patternEnd + 1
    inTopic = topicEnd + 1
  }
}

/** Whether some topic name would match both filters, so that a broker may deliver it twice. */
export function overlaps(one: string, other: string): boolean {
  const a = (parseShared(one)?.filter ?? one).split('/')
  const b = (parseShared(other)?.filter ?? other).split('/')
  if (hidesDollar(a) !== hidesDollar(b) && (startsWithDollar(a) || startsWithDollar(b)))
    return false
  for (let level = 0; ; level += 1) {
    const inA = a[level]
    const inB = b[level]
    if (inA === '#' || inB === '#') return true
    // `a/#` also matches `a`.
    if (inA === undefined) return inB === undefined
    if (inB === undefined) return false
    if (inA !== inB && inA !== '+' && inB !== '+') return false
  }
}

function stringIssue(text: string): TopicIssue | undefined {
  if (text === '') return { code: 'empty' }
  if (text.includes('\0') || /\p{Surrogate}/u.test(text)) return { code: 'bad-character' }
  const bytes = utf8Length(text)
  return bytes > MAX_STRING_BYTES ? { code: 'too-long', bytes } : undefined
}

function levelsIssue(filter: string): TopicIssue | undefined {
  const levels = filter.split('/')
  for (const [index, level] of levels.entries()) {
    if (level.includes('#') && (level !== '#' || index < levels.length - 1)) {
      return { code: 'misplaced-hash' }
    }
    if (level.includes('+') && level !== '+') return { code: 'misplaced-plus' }
  }
  return undefined
}

function levelEnd(path: string, from: number): number {
  const slash = path.indexOf('/', from)
  return slash === -1 ? path.length : slash
}

function hidesDollar(levels: string[]): boolean {
  return levels[0] === '+' || levels[0] === '#'
}

function startsWithDollar(levels: string[]): boolean {
  return levels[0]?.startsWith('$') ?? false
}
