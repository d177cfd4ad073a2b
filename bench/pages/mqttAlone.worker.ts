/** The control that shows what MQTT.js can do by itself: receives, acknowledges at once, and counts. */
import mqtt from 'mqtt'
import { REPORT_STEP, type ControlOptions, type ControlState } from './controlState.ts'

const state: ControlState = { isSubscribed: false, messages: 0, bytes: 0, frames: 0, lastAt: 0 }

onmessage = ({ data: { port, qos, version } }: MessageEvent<ControlOptions>) => {
  const client = mqtt.connect(`ws://127.0.0.1:${port}/mqtt`, {
    protocolVersion: version,
    reconnectPeriod: 0,
    keepalive: 0,
  })
  client.on('message', (_topic, payload) => {
    state.messages += 1
    state.bytes += payload.length
    state.lastAt = Date.now()
  })
  client.subscribe('#', { qos }, () => {
    state.isSubscribed = true
  })
  setInterval(() => postMessage(state), REPORT_STEP)
}
