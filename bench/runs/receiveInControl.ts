import { setTimeout as wait } from 'node:timers/promises'
import { cpuBetween } from '../chromium/processes.ts'
import { call, type Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'
import type { Flow } from '../source/orders.ts'
import { cpuFigures } from './cpuFigures.ts'
import { MemoryWatch } from './memoryWatch.ts'

/** What stands still for so long has ended; milliseconds. */
const STILLNESS = 3_000
const STEP = 50

/** Lets one of the controls receive a flow. */
export function receiveInControl(lab: Lab, kind: 'raw' | 'mqtt', flow: Flow): Promise<Figures> {
  return lab.within(async (browser, source) => {
    const { qos, version, perFrame } = flow.shape
    const page = await lab.openBenchPage(browser)
    const subscribed = source.subscribed()
    await call(page, 'startControl', kind, { port: source.port, qos, version })
    await subscribed
    await wait(200)
    const memory = new MemoryWatch(browser.processes)
    const before = browser.processes.cpuTimes()
    const result = await source.flow(flow)
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
