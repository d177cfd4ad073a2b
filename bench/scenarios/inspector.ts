import { receiveInApp } from '../runs/receiveInApp.ts'
import { ratio, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const shape = { payloadBytes: 100, perFrame: 64, qos: 0 } as const

/** The same flood while the packets are looked at. */
export const inspector: Scenario = {
  name: 'inspector',
  title: '100 B, 64 packets a frame, QoS 0, with Packets open',
  contenders: [
    {
      name: 'MQTab',
      run: (lab) => receiveInApp(lab, { shape, seconds: lab.either(3, 10), isInspected: true }),
    },
    {
      name: 'MQTab with Messages open',
      run: (lab) => receiveInApp(lab, { shape, seconds: lab.either(3, 10) }),
    },
  ],
  targets: [
    {
      words: 'Packets open: stored, to Messages open',
      unit: '×',
      bound: { atLeast: 0.95 },
      measure: (medians) => ratio(medians, 'stored /s', 'MQTab', 'MQTab with Messages open'),
    },
    nothingAmiss('Packets open'),
  ],
}
