import { setTimeout as wait } from 'node:timers/promises'
import { cpuBetween } from '../chromium/processes.ts'
import { call, type Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'
import type { Flow } from '../source/orders.ts'
import { cpuFigures } from './cpuFigures.ts'
import { MemoryWatch } from './memoryWatch.ts'
import { Way, type Through } from './way.ts'

/** What stands still for so long has ended; milliseconds. */
const STILLNESS = 5_000
const STEP = 50

/** Lets one of the controls receive a flow. */
export function receiveInControl(
  lab: Lab,
  kind: 'raw' | 'mqtt',
  { through, ...flow }: Flow & { through?: Through },
): Promise<Figures> {
  return lab.within(async (browser, source) => {
    const { qos, version, perFrame } = flow.shape
    const way = await Way.open(source, through)
    const page = await lab.openBenchPage(browser)
    await call(page, 'startControl', kind, { port: way.port, qos, version })
    while (!(await call(page, 'control')).isSubscribed) await wait(STEP)
    const memory = new MemoryWatch(browser.processes)
    const before = browser.processes.cpuTimes()
    const result = await way.flow(flow)
    let state = await call(page, 'control')
    const received = () => (kind === 'mqtt' ? state.messages : state.frames * perFrame)
    while (
      received() < result.sent &&
      Date.now() < Math.max(state.lastAt, result.finishedAt) + STILLNESS
    ) {
      await wait(STEP)
      state = await call(page, 'control')
    }
    const used = cpuBetween(before, browser.processes.cpuTimes())
    await way.close()
    return {
      'received /s': (1000 * received()) / (state.lastAt - result.startedAt),
      messages: received(),
      lost: result.sent - received(),
      ...memory.end(),
      ...cpuFigures(used, received()),
      'source µs/msg': result.cpu / result.sent,
    }
  })
}
