import type { Locator, Page } from '@playwright/test'
import { fillIn, type Fields } from './fillIn.ts'

/** The tab `Requests`: a form, and the requests with their answers. */
export class Requests {
  readonly tab: Locator
  readonly region: Locator
  readonly button: Locator
  /** The newest first. */
  readonly items: Locator
  readonly #form: Locator

  constructor(page: Page) {
    this.tab = page.getByRole('tab', { name: 'Requests' })
    this.region = page.getByRole('region', { name: 'Requests' })
    this.#form = this.region.getByRole('group', { name: 'Request', exact: true })
    this.button = this.region.getByRole('button', { name: 'Send Request' })
    this.items = this.region.getByRole('list', { name: 'Request list' }).locator('> li')
  }

  field(label: string): Locator {
    return this.#form.getByLabel(label, { exact: true })
  }

  /** Fills the form in and sends. */
  async send(fields: Fields = {}): Promise<void> {
    await fillIn(this.#form, fields)
    await this.button.click()
  }

  /** The request that shows this text, be it topic or payload. */
  item(text: string): Locator {
    return this.items.filter({ hasText: text })
  }

  /** The answers of a request, in their order. */
  answers(request: Locator): Locator {
    return request.getByRole('list', { name: 'Answers' }).getByRole('listitem')
  }
}
