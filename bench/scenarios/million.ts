import { browseLog } from '../runs/browseLog.ts'
import { openLog } from '../runs/openLog.ts'
import { figure, ratio, type Scenario } from '../scenario.ts'

/** A log whose rows fill the screen, and nothing more. */
const FEW = 40

const OPENED = 'navigation → rows painted ms'

/** Opening the app on a log that is full, in a browser that has just been started. */
export const open: Scenario = {
  name: 'open',
  title: 'Opening the app on a log of 1,000,000 messages, cold',
  contenders: [
    { name: '1,000,000', run: (lab) => openLog(lab, lab.either(100_000, 1_000_000)) },
    { name: '40', run: (lab) => openLog(lab, FEW) },
  ],
  rounds: 5,
  targets: [
    {
      words: 'Opening 1,000,000 messages: newest rows painted',
      unit: 'ms',
      bound: { atMost: 400 },
      measure: (medians) => figure(medians, '1,000,000', OPENED),
    },
    {
      words: 'Opening 1,000,000 messages: newest rows painted, to 40 messages',
      unit: '×',
      bound: { atMost: 1.5 },
      measure: (medians) => ratio(medians, OPENED, '1,000,000', '40'),
    },
  ],
}

/** Moving about in a log that is full. */
export const browse: Scenario = {
  name: 'browse',
  title: 'Moving about in 1,000,000 messages',
  contenders: [{ name: 'MQTab', run: (lab) => browseLog(lab, lab.either(100_000, 1_000_000)) }],
  targets: [
    {
      words: 'Any page of 1,000,000 messages, read, p95',
      unit: 'ms',
      bound: { atMost: 20 },
      measure: (medians) => figure(medians, 'MQTab', 'page read p95 ms'),
    },
    {
      words: 'Any page of 1,000,000 messages, from the thumb to the screen, p95',
      unit: 'ms',
      measure: (medians) => figure(medians, 'MQTab', 'jump → rows painted p95 ms'),
    },
    {
      words: 'Scrolling in 1,000,000 messages: longest time without rows',
      unit: 'ms',
      bound: { atMost: 100 },
      measure: (medians) => figure(medians, 'MQTab', 'longest blank ms'),
    },
    {
      words: 'Scrolling in 1,000,000 messages: longest task',
      unit: 'ms',
      bound: { atMost: 50 },
      measure: (medians) => figure(medians, 'MQTab', 'longest task ms'),
    },
  ],
}
