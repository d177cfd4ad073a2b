import { receiveInApp } from '../runs/receiveInApp.ts'
import { figure, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const shape = { payloadBytes: 100, perFrame: 1, qos: 0 } as const

/** Ten minutes of a busy broker. */
export const soak: Scenario = {
  name: 'soak',
  title: '100 B, 5,000 a second for 10 minutes',
  rounds: 1,
  contenders: [
    {
      name: 'MQTab',
      run: (lab) =>
        receiveInApp(lab, { shape, rate: 5_000, seconds: lab.either(20, 600), isTrimmed: true }),
    },
  ],
  targets: [
    {
      words: 'Soak: renderer memory',
      unit: 'MiB',
      bound: { atMost: 350 },
      measure: (medians) => figure(medians, 'MQTab', 'memory max MiB'),
    },
    {
      // Less than this over ten minutes is what the heap does anyway.
      words: 'Soak: growth of memory in the second half',
      unit: 'MiB/min',
      bound: { atMost: 1 },
      measure: (medians) => figure(medians, 'MQTab', 'memory slope MiB/min'),
    },
    nothingAmiss('Soak'),
  ],
}
