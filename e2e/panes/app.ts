import type { Locator, Page } from '@playwright/test'
import { ConnectionForm } from './connectionForm.ts'
import { ConnectionList } from './connectionList.ts'
import type { Fields } from './fillIn.ts'
import { Messages } from './messages.ts'
import { Publish } from './publish.ts'
import { Session } from './session.ts'
import { Status } from './status.ts'
import { Subscriptions } from './subscriptions.ts'

/** One tab with MQTab in it, as a user sees it. */
export class App {
  readonly page: Page
  readonly url: string
  readonly connections: ConnectionList
  readonly form: ConnectionForm
  readonly session: Session
  readonly subscriptions: Subscriptions
  readonly messages: Messages
  readonly publish: Publish
  readonly status: Status

  constructor(page: Page, url: string) {
    this.page = page
    this.url = url
    this.connections = new ConnectionList(page)
    this.form = new ConnectionForm(page)
    this.session = new Session(page)
    this.subscriptions = new Subscriptions(page)
    this.messages = new Messages(page)
    this.publish = new Publish(page)
    this.status = new Status(page)
  }

  /** The bar at the left edge; at the lower one of a narrow screen. */
  get bar(): Locator {
    return this.page.getByRole('navigation')
  }

  async open(): Promise<void> {
    await this.page.goto(this.url)
  }

  /** A second tab of the same browser. */
  async openTab(): Promise<App> {
    const tab = new App(await this.page.context().newPage(), this.url)
    await tab.open()
    return tab
  }

  /** Makes a connection with `+` of the left bar and connects it. */
  async connect(name: string, fields: Fields = {}): Promise<void> {
    await this.goToForm()
    await this.form.fill({ Name: name, ...fields })
    await this.form.connect.click()
    await this.session.heading(name).waitFor()
    await this.session.state('Connected').waitFor()
  }

  async goToForm(): Promise<void> {
    await this.bar.getByRole('link', { name: 'New Connection' }).click()
    await this.form.heading('New Connection').waitFor()
  }
}
