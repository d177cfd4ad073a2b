import { NUMBER_DIGITS, NUMBER_OFFSET, TIME_DIGITS, TIME_OFFSET } from '../payload.ts'
import { blankPayload, writeDigits } from '../payload.ts'
import { frameHeader } from './frame.ts'
import type { FlowResult } from './orders.ts'
import type { Receiver } from './receiver.ts'
import { remainingLength } from './ring.ts'

/** Sends message number 0 of QoS 0 with a payload of any size that MQTT allows, in one frame. */
export function writeGiant(
  receiver: Receiver,
  payloadBytes: number,
  finished: (result: FlowResult) => void,
): void {
  const startedAt = Date.now()
  const cpu = process.cpuUsage()
  const topic = Buffer.from('bench/0')
  const payload = blankPayload(0, payloadBytes)
  writeDigits(payload, NUMBER_OFFSET, NUMBER_DIGITS, 0)
  writeDigits(payload, TIME_OFFSET, TIME_DIGITS, startedAt)
  const head = Buffer.concat([
    Buffer.of(0, topic.length),
    topic,
    receiver.version === 5 ? Buffer.of(0) : Buffer.alloc(0),
  ])
  const fixed = Buffer.concat([Buffer.of(0x30), remainingLength(head.length + payloadBytes)])
  const header = frameHeader(fixed.length + head.length + payloadBytes)
  receiver.write(Buffer.concat([header, fixed, head]), () => undefined)
  receiver.write(Buffer.from(payload.buffer), () => {
    const { user, system } = process.cpuUsage(cpu)
    finished({
      ...{ sent: 1, total: 1, startedAt, finishedAt: Date.now() },
      ...{ acknowledged: 0, disordered: 0, cpu: user + system },
    })
  })
}
