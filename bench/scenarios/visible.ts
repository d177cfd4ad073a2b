import { receiveInApp } from '../runs/receiveInApp.ts'
import { figure, ratio, type Scenario } from '../scenario.ts'
import { idle } from './idle.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const shape = { payloadBytes: 100, perFrame: 64, qos: 0 } as const

/** How the page feels at a rate that is high and not too high, next to one where nothing happens. */
export const visible: Scenario = {
  name: 'visible',
  title: '100 B, 50,000 a second, the list visible',
  contenders: [
    {
      name: 'MQTab',
      run: (lab) =>
        receiveInApp(lab, { shape, rate: 50_000, seconds: lab.either(5, 20), isTyping: true }),
    },
    { name: 'idle', run: (lab) => idle(lab, lab.either(5, 20)) },
  ],
  targets: [
    {
      words: 'At 50,000 a second: key press to paint, p95',
      unit: 'ms',
      bound: { atMost: 32 },
      measure: (medians) => figure(medians, 'MQTab', 'key→paint p95 ms'),
    },
    {
      words: 'At 50,000 a second: key press to paint, p95, to idle',
      unit: '×',
      bound: { atMost: 1.4 },
      measure: (medians) => ratio(medians, 'key→paint p95 ms', 'MQTab', 'idle'),
    },
    {
      words: 'At 50,000 a second: frames per second, to idle',
      unit: '×',
      bound: { atLeast: 0.95 },
      measure: (medians) => ratio(medians, 'fps', 'MQTab', 'idle'),
    },
    {
      words: 'At 50,000 a second: long tasks, more than idle',
      unit: '',
      bound: { atMost: 0 },
      measure: (medians) =>
        figure(medians, 'MQTab', 'long tasks') - figure(medians, 'idle', 'long tasks'),
    },
    nothingAmiss('At 50,000 a second'),
  ],
}
