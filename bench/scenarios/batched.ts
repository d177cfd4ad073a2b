import { receiveInApp } from '../runs/receiveInApp.ts'
import { receiveInControl } from '../runs/receiveInControl.ts'
import { figure, ratio, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

type Case = {
  name: string
  title: string
  payloadBytes: number
  /** How many times MQTT.js alone, and how many a second. */
  times: number
  rate: number
  /** MQTT.js queues what it cannot take, so it gets only so many messages. */
  mqttCount: number
}

/** QoS 0 with 64 packets in a frame, as fast as it goes. */
function batched({ name, title, payloadBytes, times, rate, mqttCount }: Case): Scenario {
  const shape = { payloadBytes, perFrame: 64, qos: 0 } as const
  const own = { ...shape, version: 5 } as const
  return {
    name,
    title,
    contenders: [
      {
        name: 'MQTab',
        run: (lab) => receiveInApp(lab, { shape, seconds: lab.either(3, 10) }),
      },
      {
        name: 'MQTT.js alone',
        run: (lab) =>
          receiveInControl(lab, 'mqtt', { shape: own, count: lab.either(32, 128) * mqttCount }),
      },
      {
        name: 'raw WebSocket',
        run: (lab) => receiveInControl(lab, 'raw', { shape: own, seconds: lab.either(2, 5) }),
      },
    ],
    targets: [
      {
        words: `${title}: stored, to MQTT.js alone receiving`,
        unit: '×',
        bound: { atLeast: times },
        measure: (medians) =>
          figure(medians, 'MQTab', 'stored /s') / figure(medians, 'MQTT.js alone', 'received /s'),
      },
      {
        words: `${title}: stored`,
        unit: '/s',
        bound: { atLeast: rate },
        measure: (medians) => figure(medians, 'MQTab', 'stored /s'),
      },
      {
        words: `${title}: to the raw WebSocket`,
        unit: '×',
        measure: (medians) => ratio(medians, 'received /s', 'MQTab', 'raw WebSocket'),
      },
      nothingAmiss(title),
    ],
  }
}

export const batched100 = batched({
  name: 'batched-100',
  title: '100 B, 64 packets a frame, QoS 0',
  payloadBytes: 100,
  times: 8,
  rate: 150_000,
  mqttCount: 1024,
})

export const batched1024 = batched({
  name: 'batched-1024',
  title: '1 KiB, 64 packets a frame, QoS 0',
  payloadBytes: 1024,
  times: 5,
  rate: 40_000,
  mqttCount: 512,
})
