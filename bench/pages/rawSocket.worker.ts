/** The control that shows what the browser can take off the wire: counts frames and bytes, no more. */
import { REPORT_STEP, type ControlOptions, type ControlState } from './controlState.ts'

const state: ControlState = { isSubscribed: false, messages: 0, bytes: 0, frames: 0, lastAt: 0 }

/** CONNECT with a clean session and SUBSCRIBE to `#`. */
function greeting({ qos, version }: ControlOptions): Uint8Array<ArrayBuffer> {
  const isMqtt5 = version === 5
  const none = isMqtt5 ? [0] : []
  const connect = [0, 4, 0x4d, 0x51, 0x54, 0x54, version, 2, 0, 0, ...none, 0, 3, 0x72, 0x61, 0x77]
  const subscribe = [0, 1, ...none, 0, 1, 0x23, qos]
  return Uint8Array.of(0x10, connect.length, ...connect, 0x82, subscribe.length, ...subscribe)
}

onmessage = ({ data: options }: MessageEvent<ControlOptions>) => {
  const socket = new WebSocket(`ws://127.0.0.1:${options.port}/mqtt`, ['mqtt'])
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => socket.send(greeting(options))
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    if (!state.isSubscribed) {
      // CONNACK and SUBACK, which is not 5 bytes long.
      state.isSubscribed = new Uint8Array(data)[0] === 0x90
      return
    }
    state.frames += 1
    state.bytes += data.byteLength
    state.lastAt = Date.now()
  }
  setInterval(() => postMessage(state), REPORT_STEP)
}
