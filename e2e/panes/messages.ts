import type { Locator, Page } from '@playwright/test'

/** The messages of the open connection. */
export class Messages {
  readonly region: Locator
  readonly items: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Messages' })
    this.items = this.region.getByRole('article')
  }

  /** Those that show this text somewhere. */
  with(text: string | RegExp): Locator {
    return this.items.filter({ hasText: text })
  }

  async show(direction: 'All' | 'Received' | 'Published'): Promise<void> {
    await this.region.getByRole('radio', { name: direction }).check()
  }
}
