import type { Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'
import { withColdBrowser } from './coldBrowser.ts'

type Watched = { benchPaintedAt?: number }

/** Opens the app in a new browser on a log of so many messages, until the newest is painted. */
export function openLog(lab: Lab, count: number): Promise<Figures> {
  return withColdBrowser(lab, count, async (browser, url) => {
    const page = await browser.open(url, watchForMessages)
    const paintedAt = await page.waitFor('the newest message', () => {
      return (globalThis as Watched).benchPaintedAt
    })
    const isNewest = await page.evaluate(
      (last) => document.querySelector('[role=feed]')?.textContent.includes(last),
      String(count - 1).padStart(10, '0'),
    )
    const firstPaint = await page.evaluate(() => {
      return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN
    })
    if (isNewest !== true) throw new Error('What was painted first is not the end of the log')
    return {
      'navigation → anything painted ms': firstPaint,
      'navigation → rows painted ms': paintedAt,
      'renderer memory MiB': browser.processes.rendererMemory() / 1024 ** 2,
    }
  })
}

/** Runs in the page, so it holds all that it needs. */
function watchForMessages(): void {
  const observer = new MutationObserver(() => {
    const row = document.querySelector('[role=feed] article')
    if (!row?.checkVisibility({ visibilityProperty: true })) return
    observer.disconnect()
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        ;(globalThis as Watched).benchPaintedAt = performance.now()
        port1.close()
      }
      port2.postMessage(0)
    })
  })
  observer.observe(document, { subtree: true, childList: true, attributes: true })
}
