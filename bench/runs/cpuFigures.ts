import type { CpuTimes } from '../chromium/processes.ts'
import type { Figures } from '../report/statistics.ts'

/** Which threads are told of together; each belongs to the first that fits. */
const GROUPS: readonly (readonly [string, RegExp])[] = [
  ['worker', /^renderer (SharedWorker|DedicatedWorker)/],
  ['page', /^renderer (main|Compositor)/],
  ['renderer else', /^renderer /],
  ['network', /^network /],
  ['browser and storage', /^(browser|storage) /],
  ['drawing', /^other /],
]

/** Of fewer messages than this, what each cost is what the browser costs by itself. */
const ENOUGH = 1_000

/** Microseconds of processor time per message, in all and by groups of threads; none where it says nothing. */
export function cpuFigures(used: CpuTimes, messages: number): Figures {
  if (messages < ENOUGH) return {}
  const sums = new Map(GROUPS.map(([name]) => [name, 0]))
  let all = 0
  for (const [thread, nanoseconds] of used) {
    const time = nanoseconds / 1000 / messages
    const name = GROUPS.find(([, pattern]) => pattern.test(thread))?.[0] ?? ''
    sums.set(name, (sums.get(name) ?? 0) + time)
    all += time
  }
  return {
    'µs/msg all': all,
    ...Object.fromEntries(Array.from(sums, ([name, sum]) => [`µs/msg ${name}`, sum])),
  }
}
