import type { Locator, Page } from '@playwright/test'

/** The tab `Broker`: what the broker tells of itself. */
export class BrokerStatus {
  readonly tab: Locator
  readonly region: Locator
  /** The button that opens the table of all topics. */
  readonly topics: Locator
  readonly table: Locator
  readonly filter: Locator
  /** The card that tells the story of the session. */
  readonly session: Locator

  constructor(page: Page) {
    this.tab = page.getByRole('tab', { name: 'Broker' })
    this.region = page.getByRole('region', { name: 'Broker', exact: true })
    this.topics = this.region.getByRole('button', { name: /^All topics/ })
    this.table = this.region.getByRole('table', { name: 'Topics of the broker' })
    this.session = this.region.getByRole('region', { name: 'Session', exact: true })
    this.filter = this.region.getByRole('searchbox', { name: 'Filter topics' })
  }

  /** The tile with this name: its number and what belongs to it. */
  tile(name: string): Locator {
    const label = this.region.page().getByText(name, { exact: true })
    return this.region.locator('dl > div').filter({ has: label })
  }

  /** One direction of the messages or of the data, with its rate and its total. */
  flow(of: 'Messages' | 'Data', direction: 'Received' | 'Sent'): Locator {
    const page = this.region.page()
    const heading = page.getByRole('heading', { name: of, exact: true })
    const label = page.getByText(direction, { exact: true })
    const card = this.region.locator('section').filter({ has: heading })
    return card.locator('dl > div').filter({ has: label })
  }
}
