import type { Locator, Page } from '@playwright/test'

type View = 'Auto' | 'Plaintext' | 'JSON' | 'Base64' | 'Hex'

/** The messages of the open connection. */
export class Messages {
  readonly tab: Locator
  readonly region: Locator
  /** The messages, without what the log says about itself in between. */
  readonly items: Locator
  readonly received: Locator
  readonly published: Locator
  /** The messages of the table, again without marks. */
  readonly rows: Locator
  readonly #view: Locator

  constructor(page: Page) {
    this.tab = page.getByRole('tab', { name: 'Messages' })
    this.region = page.getByRole('region', { name: 'Messages' })
    this.items = this.region.getByRole('article', { name: /^(?:Received on|Published to) / })
    this.received = this.region.getByRole('article', { name: /^Received on / })
    this.published = this.region.getByRole('article', { name: /^Published to / })
    this.rows = this.region
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: 'Details' }) })
    this.#view = this.region.getByLabel('Payload View', { exact: true })
  }

  /** Those that show this text somewhere. */
  with(text: string | RegExp): Locator {
    return this.items.filter({ hasText: text })
  }

  /** What the log says about itself: an article too, whose name is the words. */
  mark(words: string | RegExp): Locator {
    return this.region.getByRole('article', { name: words })
  }

  /** What is open in front of the list. */
  get detail(): Locator {
    return this.region.page().getByRole('dialog', { name: 'Message' })
  }

  /** How many rows have come below those that were seen; it leads to them. */
  get unseen(): Locator {
    return this.region.getByRole('button', { name: /^[\d,]+ new$/ })
  }

  get pause(): Locator {
    return this.region.getByRole('button', { name: 'Pause', exact: true })
  }

  /** Opens `Go to time` and fills it in. */
  async goToTime(time: string): Promise<void> {
    await this.region.getByRole('button', { name: 'Go to time' }).click()
    const dialog = this.region.page().getByRole('dialog', { name: 'Go to time' })
    await dialog.getByLabel(/^Date and time/).fill(time)
    await dialog.getByRole('button', { name: 'Go', exact: true }).click()
  }

  get resume(): Locator {
    return this.region.getByRole('button', { name: 'Resume', exact: true })
  }

  async openDetail(message: Locator): Promise<void> {
    await message.getByRole('button', { name: 'Details' }).click()
  }

  async show(direction: 'All' | 'Received' | 'Published'): Promise<void> {
    await this.region.getByRole('radio', { name: direction, exact: true }).check()
  }

  async showAs(density: 'Bubbles' | 'Table'): Promise<void> {
    await this.region.getByRole('radio', { name: density, exact: true }).check()
  }

  /** The rows that show this text somewhere. */
  rowsWith(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text })
  }

  async tellTime(times: 'Local time' | 'UTC' | 'Since last'): Promise<void> {
    await this.region.getByLabel('Time', { exact: true }).selectOption({ label: times })
  }

  async viewAs(view: View): Promise<void> {
    await this.#view.selectOption({ label: view })
  }

  /** Where the middle of the message's text lies in the pane. */
  async sideOf(message: Locator): Promise<'left' | 'right'> {
    const pane = await this.region.boundingBox()
    const box = await message.locator('pre').boundingBox()
    if (!pane || !box) throw new Error('It is not on the screen')
    return box.x + box.width / 2 < pane.x + pane.width / 2 ? 'left' : 'right'
  }
}
