import type { Locator, Page } from '@playwright/test'

export type DotState = 'Connected' | 'Connecting' | 'Reconnecting' | 'Disconnected'

/** The list of saved connections. */
export class ConnectionList {
  readonly region: Locator
  readonly items: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Connections' })
    this.items = this.region.getByRole('listitem')
  }

  item(name: string): Locator {
    const page = this.region.page()
    return this.items.filter({ has: page.getByText(name, { exact: true }) })
  }

  dots(state: DotState): Locator {
    return this.items.getByRole('img', { name: state, exact: true })
  }

  dot(name: string, state: DotState): Locator {
    return this.item(name).getByRole('img', { name: state, exact: true })
  }

  /** The number of unread messages. */
  badge(name: string): Locator {
    return this.item(name).getByText(/^(\d{1,2}|99\+)$/)
  }

  async open(name: string): Promise<void> {
    await this.item(name).getByRole('link').click()
  }
}
