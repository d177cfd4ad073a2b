import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from './chromium/page.ts'

/** What the status bar says. */
export type Counts = { received: number; stored: number; dropped: number }

export type ConnectOptions = {
  port: number
  keepAlive?: number
  cleanSession?: boolean
  /** Raises the limits of the log to the highest there are. */
  keepsAll?: boolean
}

/** Between two looks at the status bar; milliseconds. */
const STEP = 50

/** MQTab in a tab, driven as a reader drives it. */
export class App {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Makes a connection to a WebSocket port of this machine with the form, and connects. */
  async connect({ port, keepAlive, cleanSession, keepsAll }: ConnectOptions): Promise<void> {
    const { page } = this
    await page.click('New Connection')
    await page.fill('Name', 'Bench')
    await page.fill('Protocol', 'ws://')
    await page.fill('Host', '127.0.0.1')
    await page.fill('Port', String(port))
    await page.fill('Path', '/mqtt')
    await page.evaluate(() => {
      const sections = document.querySelectorAll<HTMLElement>('main form [aria-expanded=false]')
      for (const section of sections) section.click()
    })
    if (keepAlive !== undefined) await page.fill('Keep Alive', String(keepAlive))
    if (cleanSession !== undefined) await page.fill('Clean Session', cleanSession)
    if (cleanSession === false) await page.fill('Session Expiry Interval', '3600')
    if (keepsAll === true) {
      await page.fill('Messages to Keep', '5000000')
      await page.fill('Size to Keep', '16384')
    }
    await page.click('Connect')
    await this.connected()
  }

  /** Waits until the head of the connection says so. */
  async connected(): Promise<void> {
    await this.page.waitFor('Connected', () =>
      Array.from(document.querySelectorAll('header')).some((banner) =>
        /\bConnected\b/.test(banner.innerText),
      ),
    )
  }

  /** Subscribes in the dialog and waits for the broker's answer. */
  async subscribe(filter: string, qos: 0 | 1): Promise<void> {
    const { page } = this
    await page.click('New Subscription')
    await page.fill('Topic', filter)
    await page.fill('QoS', String(qos))
    await page.click('Confirm')
    await page.waitFor('subscribed', () => {
      const item = document.querySelector<HTMLElement>('section[aria-label="Subscriptions"] li')
      return item !== null && /QoS \d/.test(item.innerText)
    })
  }

  counts(): Promise<Counts> {
    return this.page.evaluate(() => {
      const text = document.querySelector('[aria-label="Status"]')?.textContent ?? ''
      const read = (word: string) => {
        const [, digits = ''] = new RegExp(`${word}\\s*([\\d,]+)`).exec(text) ?? []
        return Number(digits.replaceAll(',', ''))
      }
      return { received: read('Received'), stored: read('Stored'), dropped: read('Dropped') }
    })
  }

  /** Waits until so many were received and stored or dropped; gives up after `limit` ms of stillness. */
  async settled(received: number, limit = 20_000): Promise<Counts & { at: number }> {
    let last = -1
    let changedAt = Date.now()
    for (;;) {
      const counts = await this.counts()
      const at = Date.now()
      if (counts.received >= received || at - changedAt > limit) return { ...counts, at }
      if (counts.received !== last) changedAt = at
      last = counts.received
      await wait(STEP)
    }
  }
}
