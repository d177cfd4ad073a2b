import type { Locator, Page } from '@playwright/test'

/** What says which published messages were not acknowledged. */
export class InFlight {
  /** The line above the panes. */
  readonly line: Locator
  readonly show: Locator
  readonly dialog: Locator
  readonly items: Locator
  readonly sendAllAgain: Locator
  readonly discardAll: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.line = page
      .getByRole('status')
      .filter({ hasText: /not acknowledged$|not acknowledgedShow$/ })
    this.show = page.getByRole('main').getByRole('button', { name: 'Show', exact: true })
    this.dialog = page.getByRole('dialog', { name: 'Not Acknowledged', exact: true })
    this.items = this.dialog.getByRole('listitem')
    this.sendAllAgain = this.dialog.getByRole('button', { name: 'Send All Again' })
    this.discardAll = this.dialog.getByRole('button', { name: 'Discard All' })
  }

  item(text: string): Locator {
    return this.items.filter({ hasText: text })
  }

  async sendAgain(text: string): Promise<void> {
    await this.item(text).getByRole('button', { name: 'Send Again' }).click()
  }

  async discard(text: string): Promise<void> {
    await this.item(text).getByRole('button', { name: 'Discard' }).click()
  }

  /** The question before something is discarded. */
  get question(): Locator {
    return this.#page.getByRole('dialog', { name: /^Discard .*\?$/ })
  }

  async answer(button: 'Discard' | 'Cancel'): Promise<void> {
    await this.question.getByRole('button', { name: button, exact: true }).click()
  }
}
