import type { Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'
import { receiveInApp } from '../runs/receiveInApp.ts'

/** The app with one message a second, while somebody types. */
export function idle(lab: Lab, seconds: number): Promise<Figures> {
  const shape = { payloadBytes: 100, perFrame: 1, qos: 0 } as const
  return receiveInApp(lab, { shape, rate: 1, seconds, isTyping: true })
}
