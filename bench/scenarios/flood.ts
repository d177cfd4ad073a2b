import { receiveInApp } from '../runs/receiveInApp.ts'
import { figure, type Scenario } from '../scenario.ts'
import { idle } from './idle.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const shape = { payloadBytes: 100, perFrame: 64, qos: 0 } as const

/** As much as the app takes for a minute, with a keep alive that a client that is behind would miss. */
export const flood: Scenario = {
  name: 'flood',
  title: '100 B, 64 packets a frame, unlimited, keep alive 10 s',
  contenders: [
    {
      name: 'MQTab',
      run: (lab) =>
        receiveInApp(lab, {
          shape,
          seconds: lab.either(15, 60),
          keepAlive: 10,
          isTrimmed: true,
          isTyping: true,
        }),
    },
    { name: 'idle', run: (lab) => idle(lab, lab.either(5, 20)) },
  ],
  targets: [
    {
      words: 'Unlimited flood: stored',
      unit: '/s',
      bound: { atLeast: 150_000 },
      measure: (medians) => figure(medians, 'MQTab', 'stored /s'),
    },
    {
      words: 'Unlimited flood: key press to paint, p95',
      unit: 'ms',
      bound: { atMost: 50 },
      measure: (medians) => figure(medians, 'MQTab', 'key→paint p95 ms'),
    },
    {
      words: 'Unlimited flood: longest frame',
      unit: 'ms',
      bound: { atMost: 200 },
      measure: (medians) => figure(medians, 'MQTab', 'longest frame ms'),
    },
    {
      words: 'Unlimited flood: renderer memory',
      unit: 'MiB',
      bound: { atMost: 350 },
      measure: (medians) => figure(medians, 'MQTab', 'memory max MiB'),
    },
    {
      // A connection that was cut and made again leaves marks in the log.
      words: 'Unlimited flood: connections cut',
      unit: '',
      bound: { atMost: 0 },
      measure: (medians) => figure(medians, 'MQTab', 'marks'),
    },
    nothingAmiss('Unlimited flood'),
  ],
}
