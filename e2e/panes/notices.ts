import type { Locator, Page } from '@playwright/test'

/** What is said for a while at the edge of the page. */
export class Notices {
  readonly undo: Locator

  constructor(page: Page) {
    this.undo = page.getByRole('button', { name: 'Undo', exact: true })
  }
}
