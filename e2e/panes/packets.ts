import type { Locator, Page } from '@playwright/test'

/** The tab `Packets`: the list of packets and the detail of one. */
export class Packets {
  readonly tab: Locator
  readonly region: Locator
  readonly rows: Locator
  readonly detail: Locator
  readonly type: Locator
  readonly id: Locator
  readonly search: Locator
  readonly save: Locator
  /** How many packets there are, or are shown. */
  readonly status: Locator
  /** The bytes of the chosen field. */
  readonly markedBytes: Locator

  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.tab = page.getByRole('tab', { name: 'Packets' })
    this.region = page.getByRole('region', { name: 'Packets' })
    this.rows = this.region.getByRole('listbox', { name: 'Packet list' }).getByRole('option')
    this.detail = this.region.getByRole('region', { name: 'Packet', exact: true })
    this.type = this.region.getByLabel('Type', { exact: true })
    this.id = this.region.getByLabel('Packet Identifier', { exact: true })
    this.search = this.region.getByRole('searchbox', { name: 'Search packets' })
    this.save = this.region.getByRole('button', { name: 'Save packets' })
    this.status = this.region.getByRole('status')
    this.markedBytes = this.detail.locator('mark')
  }

  /** The rows of packets of this name. */
  named(name: string): Locator {
    return this.rows.filter({ has: this.#page.getByText(name, { exact: true }) })
  }

  /** The button of a field in the detail. */
  field(name: string): Locator {
    const label = this.#page.getByText(name, { exact: true })
    return this.detail.getByRole('button').filter({ has: label })
  }
}
