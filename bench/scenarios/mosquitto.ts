import { receiveInApp } from '../runs/receiveInApp.ts'
import { receiveInControl } from '../runs/receiveInControl.ts'
import { figure, ratio, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

const through = { mosquitto: { inFlight: 1000 } }
const shape = { payloadBytes: 100, perFrame: 1, qos: 0 } as const
const acknowledged = { ...shape, qos: 1 } as const

/** What is published each second; a little more than is asked for, since a clock ticks late. */
const RATE = 20_200

/** QoS 0 through mosquitto, which puts one packet in a frame. */
export const mosquitto0: Scenario = {
  name: 'mosquitto-qos0',
  title: `100 B through mosquitto, QoS 0, ${RATE} a second`,
  contenders: [
    {
      name: 'MQTab',
      run: (lab) => receiveInApp(lab, { shape, through, rate: RATE, seconds: lab.either(3, 10) }),
    },
    {
      name: 'raw WebSocket',
      run: (lab) =>
        receiveInControl(lab, 'raw', {
          shape: { ...shape, version: 5 },
          ...{ through, rate: RATE, seconds: lab.either(3, 10) },
        }),
    },
  ],
  targets: [
    {
      words: 'Through mosquitto, QoS 0: stored',
      unit: '/s',
      bound: { atLeast: 20_000 },
      measure: (medians) => figure(medians, 'MQTab', 'stored /s'),
    },
    {
      words: 'Through mosquitto, QoS 0: received, to the raw WebSocket',
      unit: '×',
      measure: (medians) => ratio(medians, 'received /s', 'MQTab', 'raw WebSocket'),
    },
    nothingAmiss('Through mosquitto, QoS 0'),
  ],
}

/** QoS 1 through mosquitto: MQTab acknowledges what is stored, MQTT.js what it has seen. */
export const mosquitto1: Scenario = {
  name: 'mosquitto-qos1',
  title: '100 B through mosquitto, QoS 1, 1,000 in flight',
  contenders: [
    {
      name: 'MQTab',
      run: (lab) =>
        receiveInApp(lab, {
          shape: acknowledged,
          ...{ through, window: 1000, count: lab.either(20, 100) * 1000 },
        }),
    },
    {
      name: 'MQTT.js alone',
      run: (lab) =>
        receiveInControl(lab, 'mqtt', {
          shape: { ...acknowledged, version: 5 },
          ...{ through, window: 1000, count: lab.either(20, 100) * 1000 },
        }),
    },
  ],
  targets: [
    {
      words: 'Through mosquitto, QoS 1: acknowledged when stored, to MQTT.js acknowledging at once',
      unit: '×',
      bound: { atLeast: 0.8 },
      measure: (medians) => ratio(medians, 'received /s', 'MQTab', 'MQTT.js alone'),
    },
    {
      words: 'Through mosquitto, QoS 1: stored',
      unit: '/s',
      bound: { atLeast: 10_000 },
      measure: (medians) => figure(medians, 'MQTab', 'stored /s'),
    },
    nothingAmiss('Through mosquitto, QoS 1'),
  ],
}
