import { App } from '../app.ts'
import { cpuBetween } from '../chromium/processes.ts'
import { call, type Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'
import { cpuFigures } from './cpuFigures.ts'
import { integrity } from './integrity.ts'

const SHAPE = { payloadBytes: 100, perFrame: 8, qos: 0, version: 5 } as const

/** Every measured stretch is that many messages at that rate. */
const STRETCH = 100_000
const RATE = 25_000

/** Before the first stretch, for which the engine should be warm. */
const BEGIN = 10_000

/**
 * Measures the processor time per message while the log is small, and again behind `end` messages;
 * in between they come as fast as they can.
 */
export function growLog(lab: Lab, end: number): Promise<Figures> {
  return lab.within(async (browser, source) => {
    const app = new App(await browser.open(lab.url))
    await app.connect({ port: source.port })
    await app.subscribe('#', 0)
    const measure = async () => {
      const before = browser.processes.cpuTimes()
      const { total } = await source.flow({ shape: SHAPE, count: STRETCH, rate: RATE })
      await app.settled(total)
      return cpuFigures(cpuBetween(before, browser.processes.cpuTimes()), STRETCH)
    }
    await source.flow({ shape: SHAPE, count: BEGIN })
    await app.settled(BEGIN)
    const early = await measure()
    const { total } = await source.flow({ shape: SHAPE, count: end - 2 * STRETCH - BEGIN })
    await app.settled(total)
    const late = await measure()
    const log = await call(await lab.openBenchPage(browser), 'readBack', end)
    const named = (figures: Figures, when: string) =>
      Object.entries(figures).map(([name, value]) => [`${name}, ${when}`, value] as const)
    return {
      ...integrity(log),
      ...Object.fromEntries([...named(early, 'early'), ...named(late, 'late')]),
      'worker late/early': (late['µs/msg worker'] ?? NaN) / (early['µs/msg worker'] ?? NaN),
      'all late/early': (late['µs/msg all'] ?? NaN) / (early['µs/msg all'] ?? NaN),
    }
  })
}
