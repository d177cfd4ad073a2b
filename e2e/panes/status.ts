import type { Locator, Page } from '@playwright/test'

/** The status bar of the open connection. */
export class Status {
  readonly region: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Status' })
  }

  /** The part that begins with this word, and goes on with its number. */
  count(word: 'Received' | 'Stored' | 'Dropped'): Locator {
    return this.region.locator('span').filter({ hasText: new RegExp(`^\\s*${word}`) })
  }
}
