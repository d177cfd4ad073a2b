import type { Locator, Page } from '@playwright/test'

/** The status bar of the open connection. */
export class Status {
  readonly region: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Status' })
  }
}
