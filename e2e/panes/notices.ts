import type { Locator, Page } from '@playwright/test'

/** What is said for a while at the edge of the page. */
export class Notices {
  readonly undo: Locator
  /** What has gone wrong. */
  readonly trouble: Locator

  constructor(page: Page) {
    this.trouble = page.getByRole('alert')
    this.undo = page.getByRole('button', { name: 'Undo', exact: true })
  }
}
