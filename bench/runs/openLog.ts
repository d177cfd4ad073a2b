import { setTimeout as wait } from 'node:timers/promises'
import { Browser } from '../chromium/browser.ts'
import { cool } from '../filledProfile.ts'
import type { Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'

/** What a browser does by itself when it is started should be over; milliseconds. */
const SETTLING = 1_500

type Watched = { benchPaintedAt?: number }

/** Opens the app in a new browser on a log of so many messages, until the newest is painted. */
export async function openLog(lab: Lab, count: number): Promise<Figures> {
  const { folder, url } = await lab.filled(count)
  cool(folder)
  const browser = await Browser.launch(folder)
  try {
    await wait(SETTLING)
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
  } finally {
    await browser.close()
  }
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
