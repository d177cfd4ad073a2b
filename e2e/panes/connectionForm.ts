import type { Locator, Page } from '@playwright/test'
import { fillIn, type Fields } from './fillIn.ts'

type Section = 'Advanced' | 'Last Will and Testament' | 'Message Log'

/** The form of a new or a saved connection. */
export class ConnectionForm {
  readonly connect: Locator
  readonly saveOnly: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.connect = page.getByRole('button', { name: 'Connect', exact: true })
    this.saveOnly = page.getByRole('button', { name: 'Save Only' })
  }

  heading(title: 'New Connection' | 'Edit Connection'): Locator {
    return this.#page.getByRole('heading', { name: title, exact: true })
  }

  field(label: string): Locator {
    return this.#page.getByRole('main').getByLabel(label, { exact: true })
  }

  /** A field that is a list. */
  group(label: string): Locator {
    return this.#page.getByRole('main').getByRole('group', { name: label, exact: true })
  }

  section(name: Section): Locator {
    return this.#page.getByRole('heading', { name }).getByRole('button', { name })
  }

  async unfold(name: Section): Promise<void> {
    const button = this.section(name)
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click()
  }

  /** Fills the fields in, in the given order. Sections must be unfolded already. */
  async fill(fields: Fields): Promise<void> {
    await fillIn(this.#page.getByRole('main'), fields)
  }
}
