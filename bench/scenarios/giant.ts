import { receiveGiant } from '../runs/receiveGiant.ts'
import { figure, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const MEBIBYTE = 1024 * 1024

/** A payload that no screen can show at once. */
export const giant: Scenario = {
  name: 'giant',
  title: 'One payload of 100 MiB',
  contenders: [{ name: 'MQTab', run: (lab) => receiveGiant(lab, lab.either(10, 100) * MEBIBYTE) }],
  targets: [
    nothingAmiss('A payload of 100 MiB'),
    {
      words: 'A payload of 100 MiB, saved: bytes missing',
      unit: 'bytes',
      bound: { atMost: 0 },
      measure: (medians) => figure(medians, 'MQTab', 'saved bytes missing'),
    },
    {
      words: 'A payload of 100 MiB: longest task while it comes',
      unit: 'ms',
      bound: { atMost: 200 },
      measure: (medians) => figure(medians, 'MQTab', 'longest task, receiving ms'),
    },
    {
      words: 'A payload of 100 MiB: longest task while it is opened and saved',
      unit: 'ms',
      bound: { atMost: 200 },
      measure: (medians) => figure(medians, 'MQTab', 'longest task, opening and saving ms'),
    },
  ],
}
