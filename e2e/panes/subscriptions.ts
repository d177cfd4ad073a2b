import type { Locator, Page } from '@playwright/test'
import { fillIn, type Fields } from './fillIn.ts'

type Action = 'Edit' | 'Enable' | 'Disable' | 'Try Again' | 'Remove'

/** The column of subscriptions and its dialog. */
export class Subscriptions {
  readonly region: Locator
  readonly items: Locator
  readonly dialog: Locator
  /** The topics that came although nothing asked for them. */
  readonly unexplained: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.region = page.getByRole('region', { name: 'Subscriptions' })
    this.items = this.region.locator('> ul').getByRole('listitem')
    this.dialog = page.getByRole('dialog')
    this.unexplained = page.getByRole('region', { name: 'Without a subscription' })
  }

  /** The entry that shows this filter or alias. */
  item(text: string): Locator {
    return this.items.filter({ has: this.#page.getByText(text, { exact: true }) })
  }

  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true })
  }

  get confirm(): Locator {
    return this.dialog.getByRole('button', { name: 'Confirm', exact: true })
  }

  async choose(text: string, action: Action): Promise<void> {
    await this.item(text).getByRole('button', { name: 'Actions' }).click()
    await this.#page.getByRole('menuitem', { name: action, exact: true }).click()
  }

  /** Clicks on the entry itself, which shows only its messages, or all again. */
  async toggle(text: string): Promise<void> {
    await this.item(text).getByRole('button').first().click()
  }

  async openDialog(): Promise<void> {
    await this.region.getByRole('button', { name: 'New Subscription' }).click()
  }

  /** Subscribes in the dialog, which closes, and waits for the broker's answer. */
  async add(filter: string, fields: Fields = {}): Promise<void> {
    await this.openDialog()
    await this.fill({ Topic: filter, ...fields })
    await this.confirm.click()
    await this.dialog.waitFor({ state: 'hidden' })
    const entry = this.item(typeof fields['Alias'] === 'string' ? fields['Alias'] : filter)
    await entry.waitFor()
    await entry.getByText('Subscribing…').waitFor({ state: 'hidden' })
  }

  async fill(fields: Fields): Promise<void> {
    await fillIn(this.dialog, fields)
  }
}
