/** The search in the message pane. */
export const search = {
  label: 'Search',
  placeholder: 'Search topic and payload, or topic:sensor/# $.msg > 17',
  clear: 'Clear search',
  hits: '{count} hits',
  oneHit: '1 hit',
  progress: '{count} hits, {percent} % searched',
  silent:
    'This search took more than two seconds for one part of the log and was stopped. A regular expression that repeats a repetition, such as (a+)+, can take for ever.',
  broken: 'The search could not be started. Reload the page to try again.',
  issue: {
    openQuote: 'The closing quotation mark is missing.',
    noValue: 'Nothing stands behind “{term}”.',
    topic: '“{term}” is no topic filter: {reason}',
    pattern: '“{term}” is no regular expression: {reason}.',
    flag: 'Only i may stand behind a regular expression. To search for text with slashes, put it in quotes: "{term}".',
    backwards: '“{term}” ends before it begins.',
    path: '“{term}” is no JSON path. Write it as $.name, $.list[0] or $["odd name"].',
    noLiteral: 'A value to compare with is missing behind “{term}”.',
    noOrder: '“{term}”: only = and != go with true, false and null.',
    dir: '“{term}”: a direction is in or out.',
    qos: '“{term}” is no QoS. Write it as qos:1, qos:>=1 or qos:0,1.',
    retain: '“{term}”: retain is yes or no.',
    size: '“{term}” is no size. Write it as size:>1k, size:<200 or size:10..2kB.',
    time: '“{term}” is no time. Write it as time:14:00..14:30, time:>2026-11-26T14:00, time:today or time:last5m.',
  },
} as const
