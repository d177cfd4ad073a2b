import { setTimeout as wait } from 'node:timers/promises'
import { Browser } from '../chromium/browser.ts'
import { call, type Lab } from '../lab.ts'
import { quantile, type Figures } from '../report/statistics.ts'
import { blankWatch, jumpTo, type Blanks } from './feedScripts.ts'

/** Rows of a page, and how many pages are read. */
const PAGE_ROWS = 40
const PAGES = 300
const JUMPS = 60

/** A turn of the wheel, and the time to the next; milliseconds. */
const WHEEL = 800
const WHEEL_STEP = 40

/** Reads random pages of a log, jumps about in the list, and scrolls through it. */
export async function browseLog(lab: Lab, count: number): Promise<Figures> {
  const { folder, url } = await lab.filled(count)
  const browser = await Browser.launch(folder)
  try {
    const page = await browser.open(url)
    await page.waitFor('messages', () => document.querySelector('[role=feed] article') !== null)
    const jumps: number[] = []
    for (let i = 0; i < JUMPS; i++) jumps.push(await page.evaluate(jumpTo, Math.random()))

    await page.evaluate(jumpTo, 0.5)
    await page.evaluate(blankWatch)
    const at = { x: 800, y: 400 }
    const end = Date.now() + lab.either(3, 10) * 1000
    while (Date.now() < end) {
      const turn = { type: 'mouseWheel', ...at, deltaX: 0, deltaY: -WHEEL }
      await page.send('Input.dispatchMouseEvent', turn)
      await wait(WHEEL_STEP)
    }
    const blanks = await page.evaluate(() => {
      const { benchBlanks } = globalThis as { benchBlanks?: Blanks }
      return benchBlanks ?? { longest: NaN, tasks: [], frames: 0, distance: 0 }
    })
    const benchPage = await lab.openBenchPage(browser)
    const reads = await call(benchPage, 'readPages', PAGES, PAGE_ROWS)
    return {
      'page read p50 ms': quantile(reads, 0.5),
      'page read p95 ms': quantile(reads, 0.95),
      'jump → rows painted p50 ms': quantile(jumps, 0.5),
      'jump → rows painted p95 ms': quantile(jumps, 0.95),
      'rows scrolled': blanks.distance,
      'longest blank ms': blanks.longest,
      'longest task ms': Math.max(0, ...blanks.tasks),
    }
  } finally {
    await browser.close()
  }
}
