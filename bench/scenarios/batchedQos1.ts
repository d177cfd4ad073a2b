import { receiveInApp } from '../runs/receiveInApp.ts'
import { receiveInControl } from '../runs/receiveInControl.ts'
import { ratio, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const shape = { payloadBytes: 100, perFrame: 64, qos: 1 } as const

/** A multiple of the packets in a frame. */
const WINDOW = 1024

/** QoS 1 with 64 packets in a frame. */
export const batchedQos1: Scenario = {
  name: 'batched-qos1',
  title: `100 B, 64 packets a frame, QoS 1, ${WINDOW} in flight`,
  contenders: [
    {
      name: 'MQTab',
      run: (lab) => receiveInApp(lab, { shape, window: WINDOW, count: lab.either(64, 512) * 1024 }),
    },
    {
      name: 'MQTT.js alone',
      run: (lab) =>
        receiveInControl(lab, 'mqtt', {
          shape: { ...shape, version: 5 },
          ...{ window: WINDOW, count: lab.either(32, 128) * 1024 },
        }),
    },
  ],
  targets: [
    {
      words: '64 packets a frame, QoS 1: acknowledged when stored, to MQTT.js at once',
      unit: '×',
      bound: { atLeast: 3 },
      measure: (medians) => ratio(medians, 'received /s', 'MQTab', 'MQTT.js alone'),
    },
    nothingAmiss('64 packets a frame, QoS 1'),
  ],
}
