import type { CpuTimes } from '../chromium/processes.ts'
import type { Figures } from '../report/statistics.ts'

/** Threads that use less than this are not listed; microseconds per message. */
const NOTABLE = 0.02

/** Microseconds of processor time per message, by thread and in all. */
export function cpuFigures(used: CpuTimes, messages: number): Figures {
  const perMessage = Array.from(used, ([thread, time]) => [thread, time / 1000 / messages] as const)
  const sum = perMessage.reduce((total, [, time]) => total + time, 0)
  return {
    'µs/msg all': sum,
    ...Object.fromEntries(
      perMessage
        .filter(([, time]) => time >= NOTABLE)
        .toSorted(([, a], [, b]) => b - a)
        .map(([thread, time]) => [`µs/msg ${thread}`, time]),
    ),
  }
}
