import type { Locator, Page } from '@playwright/test'

type MenuItem =
  | 'Disconnect with …'
  | 'Drop Connection'
  | 'Edit'
  | 'Duplicate'
  | 'Clear Messages'
  | 'Delete Connection'

/** The head of an open connection. */
export class Session {
  readonly connect: Locator
  readonly disconnect: Locator
  readonly more: Locator
  readonly retryNow: Locator
  readonly stop: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.connect = page.getByRole('button', { name: 'Connect', exact: true })
    this.disconnect = page.getByRole('button', { name: 'Disconnect', exact: true })
    this.more = page.getByRole('button', { name: 'More', exact: true })
    this.retryNow = page.getByRole('button', { name: 'Retry now' })
    this.stop = page.getByRole('button', { name: 'Stop', exact: true })
  }

  heading(name: string): Locator {
    return this.#page.getByRole('heading', { name, exact: true })
  }

  /** The state in words, beside the heading. */
  state(words: string): Locator {
    return this.#page.getByRole('banner').getByText(words, { exact: true })
  }

  /** What went wrong, in words, with what follows from it. */
  trouble(words: string | RegExp): Locator {
    return this.#page.getByRole('main').getByRole('status').filter({ hasText: words })
  }

  /** A click that may end the trouble. */
  wayOn(name: string | RegExp): Locator {
    return this.#page
      .getByRole('main')
      .getByRole('status')
      .getByRole('button', { name, exact: true })
  }

  async choose(item: MenuItem): Promise<void> {
    await this.more.click()
    await this.#page.getByRole('menuitem', { name: item, exact: true }).click()
  }
}
