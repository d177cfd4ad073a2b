import type { Locator, Page } from '@playwright/test'

/** The search bar above the messages. */
export class SearchBar {
  readonly field: Locator
  readonly clear: Locator
  /** How many hits there are, and how far the search is. */
  readonly status: Locator
  /** What is wrong with the search. */
  readonly issue: Locator
  /** What is highlighted in the messages. */
  readonly marks: Locator

  constructor(page: Page) {
    const region = page.getByRole('region', { name: 'Messages' })
    const bar = region.getByRole('search')
    this.field = bar.getByRole('searchbox', { name: 'Search', exact: true })
    this.clear = bar.getByRole('button', { name: 'Clear search' })
    this.status = bar.getByRole('status')
    this.issue = region.getByRole('alert')
    this.marks = region.locator('mark')
  }
}
