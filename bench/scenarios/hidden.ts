import { receiveInApp } from '../runs/receiveInApp.ts'
import { ratio, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const shape = { payloadBytes: 100, perFrame: 64, qos: 0 } as const

/** The same flood while another tab is in front. */
export const hidden: Scenario = {
  name: 'hidden',
  title: '100 B, 64 packets a frame, QoS 0, in a hidden tab',
  contenders: [
    {
      name: 'MQTab',
      run: (lab) => receiveInApp(lab, { shape, seconds: lab.either(3, 10), isHidden: true }),
    },
    {
      name: 'MQTab visible',
      run: (lab) => receiveInApp(lab, { shape, seconds: lab.either(3, 10) }),
    },
  ],
  targets: [
    {
      words: 'A hidden tab: received, to a visible one',
      unit: '×',
      bound: { atLeast: 0.95 },
      measure: (medians) => ratio(medians, 'received /s', 'MQTab', 'MQTab visible'),
    },
    nothingAmiss('A hidden tab'),
  ],
}
