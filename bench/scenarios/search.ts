import { searchLog } from '../runs/searchLog.ts'
import { figure, type Scenario } from '../scenario.ts'

/** Searching in a log that is full, from Enter to the paint. */
export const search: Scenario = {
  name: 'search',
  title: 'Searching 1,000,000 messages',
  contenders: [{ name: 'MQTab', run: (lab) => searchLog(lab, lab.either(100_000, 1_000_000)) }],
  targets: [
    {
      words: 'A word in 1,000,000 messages: first 100 hits',
      unit: 'ms',
      bound: { atMost: 50 },
      measure: (medians) => figure(medians, 'MQTab', 'word: first 100 hits ms'),
    },
    {
      words: 'A word in 1,000,000 messages: all hits, cold',
      unit: 'ms',
      bound: { atMost: 1_000 },
      measure: (medians) => figure(medians, 'MQTab', 'word: all, cold ms'),
    },
    {
      words: 'A word in 1,000,000 messages: all hits, cached',
      unit: 'ms',
      bound: { atMost: 200 },
      measure: (medians) => figure(medians, 'MQTab', 'another word: all, cached ms'),
    },
    {
      words: 'A topic filter over 1,000,000 messages: all hits, cold',
      unit: 'ms',
      bound: { atMost: 100 },
      measure: (medians) => figure(medians, 'MQTab', 'topic: all, cold ms'),
    },
  ],
}
