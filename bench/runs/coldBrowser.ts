import { setTimeout as wait } from 'node:timers/promises'
import { Browser } from '../chromium/browser.ts'
import { cool } from '../filledProfile.ts'
import type { Lab } from '../lab.ts'

/** What a browser does by itself when it is started should be over; milliseconds. */
export const SETTLING = 1_500

/**
 * Gives `work` a browser that was just started on a log of so many messages, none of it in the system's
 * memory, and the place where the app shows that log. Ends the browser afterwards.
 */
export async function withColdBrowser<Result>(
  lab: Lab,
  count: number,
  work: (browser: Browser, url: string) => Promise<Result>,
): Promise<Result> {
  const { folder, url } = await lab.filled(count)
  cool(folder)
  const browser = await Browser.launch(folder)
  try {
    await wait(SETTLING)
    return await work(browser, url)
  } finally {
    await browser.close()
  }
}
