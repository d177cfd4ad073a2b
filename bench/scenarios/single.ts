import { receiveInApp } from '../runs/receiveInApp.ts'
import { receiveInControl } from '../runs/receiveInControl.ts'
import { ratio, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const shape = { payloadBytes: 100, perFrame: 1, qos: 0 } as const
const own = { ...shape, version: 5 } as const

/** QoS 0 with one packet in a frame, as fast as it goes. */
export const single: Scenario = {
  name: 'single',
  title: '100 B, one packet a frame, QoS 0',
  contenders: [
    { name: 'MQTab', run: (lab) => receiveInApp(lab, { shape, seconds: lab.either(3, 8) }) },
    {
      name: 'raw WebSocket',
      run: (lab) => receiveInControl(lab, 'raw', { shape: own, seconds: lab.either(3, 8) }),
    },
    {
      name: 'MQTT.js alone',
      run: (lab) =>
        receiveInControl(lab, 'mqtt', { shape: own, count: lab.either(30, 100) * 1000 }),
    },
  ],
  targets: [
    {
      words: 'One packet a frame, QoS 0: received, to the raw WebSocket',
      unit: '×',
      bound: { atLeast: 0.9 },
      measure: (medians) => ratio(medians, 'received /s', 'MQTab', 'raw WebSocket'),
    },
    nothingAmiss('One packet a frame, QoS 0'),
  ],
}
