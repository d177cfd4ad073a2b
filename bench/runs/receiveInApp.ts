import { App } from '../app.ts'
import { cpuBetween } from '../chromium/processes.ts'
import { Profile } from '../chromium/profile.ts'
import { call, type Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'
import type { Flow } from '../source/orders.ts'
import { cpuFigures } from './cpuFigures.ts'
import { integrity } from './integrity.ts'
import { MemoryWatch } from './memoryWatch.ts'
import { PaintWatch } from './paintWatch.ts'
import { Way, type Through } from './way.ts'

/** The version that a new connection of the app begins with. */
const VERSION = 5

export type Reception = Omit<Flow, 'shape'> & {
  shape: Omit<Flow['shape'], 'version'>
  through?: Through
  keepAlive?: number
  /** Lets go of the oldest messages as the app does if it is not told otherwise: beyond 1,000,000. */
  isTrimmed?: boolean
  /** Another tab is in front. */
  isHidden?: boolean
  /** Looks at the packets instead of the messages. */
  isInspected?: boolean
  /** Types all the while and watches the frames. */
  isTyping?: boolean
}

/** Lets the app receive one flow, and reads its log back. */
export function receiveInApp(lab: Lab, reception: Reception): Promise<Figures> {
  const { shape, through, keepAlive, isTrimmed, isHidden, isInspected, ...rest } = reception
  const { isTyping, ...flow } = rest
  return lab.within(async (browser, source) => {
    const way = await Way.open(source, through)
    const app = new App(await browser.open(lab.url))
    await app.connect({
      port: way.port,
      keepsAll: isTrimmed !== true,
      ...(keepAlive !== undefined && { keepAlive }),
    })
    await app.subscribe('#', shape.qos)
    if (isInspected === true) await app.page.click('Packets', '[role=tab]')
    const front = isHidden === true ? await browser.open('about:blank') : undefined
    if (front) await app.page.waitFor('a hidden tab', () => document.hidden)
    const memory = new MemoryWatch(browser.processes)
    const profiles = lab.isProfiled
      ? [await Profile.ofEngine(browser.devTools), await Profile.ofPage(app.page)]
      : []
    const paint = isTyping === true ? await PaintWatch.start(app.page) : undefined
    const before = browser.processes.cpuTimes()
    const result = await way.flow({ ...flow, shape: { ...shape, version: VERSION } })
    const painted = await paint?.end()
    await front?.close()
    const { at } = await app.settled(result.total)
    const used = cpuBetween(before, browser.processes.cpuTimes())
    for (const profile of profiles) console.log(`${await profile.end()}\n`)
    const memoryFigures = memory.end()
    const benchPage = await lab.openBenchPage(browser)
    const log = await call(benchPage, 'readBack', result.total)
    await way.close()
    return {
      'received /s': (1000 * log.counted.received) / (log.lastAt - result.startedAt),
      'stored /s': (1000 * log.counted.stored) / (at - result.startedAt),
      ...integrity(log),
      marks: log.marks,
      ...painted,
      'age mean ms': log.meanAge,
      'age max ms': log.maximumAge,
      ...memoryFigures,
      ...cpuFigures(used, log.counted.received),
      'source µs/msg': result.cpu / result.sent,
    }
  })
}
