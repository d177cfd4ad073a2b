import { App } from '../app.ts'
import { cpuBetween } from '../chromium/processes.ts'
import { WorkerProfile } from '../chromium/workerProfile.ts'
import { call, type Lab } from '../lab.ts'
import type { LogReport } from '../pages/readBack.ts'
import type { Figures } from '../report/statistics.ts'
import type { Flow } from '../source/orders.ts'
import { cpuFigures } from './cpuFigures.ts'
import { MemoryWatch } from './memoryWatch.ts'

/** The version that a new connection of the app begins with. */
const VERSION = 5

export type AppFlow = Omit<Flow, 'shape'> & { shape: Omit<Flow['shape'], 'version'> }

/** Lets the app receive one flow from the packet source, and reads its log back. */
export function receiveInApp(lab: Lab, flow: AppFlow): Promise<Figures> {
  return lab.within(async (browser, source) => {
    const app = new App(await browser.open(lab.url))
    const subscribed = source.subscribed()
    await app.connect({ port: source.port })
    await app.subscribe('#', flow.shape.qos)
    await subscribed
    const memory = new MemoryWatch(browser.processes)
    const profile = lab.isProfiled ? await WorkerProfile.start(browser.devTools) : undefined
    const before = browser.processes.cpuTimes()
    const result = await source.flow({ ...flow, shape: { ...flow.shape, version: VERSION } })
    const { at } = await app.settled(result.total)
    const used = cpuBetween(before, browser.processes.cpuTimes())
    if (profile) console.log((await profile.end()).join('\n'))
    const memoryFigures = memory.end()
    const benchPage = await lab.openBenchPage(browser)
    const log = await call(benchPage, 'readBack', result.total)
    return {
      'received /s': (1000 * log.read) / (log.lastAt - result.startedAt),
      'stored /s': (1000 * log.counted.stored) / (at - result.startedAt),
      ...integrity(log),
      'age mean ms': log.meanAge,
      'age max ms': log.maximumAge,
      ...memoryFigures,
      ...cpuFigures(used, log.read),
      'source µs/msg': result.cpu / result.sent,
    }
  })
}

/** What must be 0. */
function integrity(log: LogReport): Figures {
  const { received, stored, dropped } = log.counted
  return {
    messages: log.read,
    lost: log.lost,
    reordered: log.reordered,
    repeated: log.repeated,
    changed: log.changed,
    dropped,
    'received − stored − dropped': received - stored - dropped,
  }
}
