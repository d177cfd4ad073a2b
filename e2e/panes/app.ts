import type { Locator, Page } from '@playwright/test'
import { BrokerStatus } from './brokerStatus.ts'
import { ConnectionForm } from './connectionForm.ts'
import { ConnectionList } from './connectionList.ts'
import type { Fields } from './fillIn.ts'
import { Messages } from './messages.ts'
import { Notices } from './notices.ts'
import { Packets } from './packets.ts'
import { Publish } from './publish.ts'
import { Requests } from './requests.ts'
import { SearchBar } from './search.ts'
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
  readonly search: SearchBar
  readonly packets: Packets
  readonly brokerStatus: BrokerStatus
  readonly publish: Publish
  readonly requests: Requests
  readonly status: Status
  readonly notices: Notices

  constructor(page: Page, url: string) {
    this.page = page
    this.url = url
    this.connections = new ConnectionList(page)
    this.form = new ConnectionForm(page)
    this.session = new Session(page)
    this.subscriptions = new Subscriptions(page)
    this.messages = new Messages(page)
    this.search = new SearchBar(page)
    this.packets = new Packets(page)
    this.brokerStatus = new BrokerStatus(page)
    this.publish = new Publish(page)
    this.requests = new Requests(page)
    this.status = new Status(page)
    this.notices = new Notices(page)
  }

  /** The bar at the left edge; at the lower one of a narrow screen. */
  get bar(): Locator {
    return this.page.getByRole('navigation')
  }

  /** What the whole page says at once. */
  alert(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text })
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

  // A narrow screen shows one pane at a time. On a wide one these find nothing to do.

  async showConnections(): Promise<void> {
    if (await this.connections.region.isVisible()) return
    await this.bar.getByRole('link', { name: 'Connections' }).click()
  }

  async goToConnection(name: string): Promise<void> {
    await this.showConnections()
    await this.connections.open(name)
    await this.session.heading(name).waitFor()
  }

  async showSubscriptions(): Promise<void> {
    if (await this.subscriptions.region.isVisible()) return
    await this.page.getByRole('banner').getByRole('button', { name: 'Subscriptions' }).click()
  }

  async showMessages(): Promise<void> {
    if (await this.messages.region.isVisible()) return
    await this.page.getByRole('button', { name: 'Back to messages' }).click()
  }

  async showPublish(): Promise<void> {
    await this.showMessages()
    if (await this.publish.region.isVisible()) return
    await this.page.getByRole('button', { name: 'Write a message' }).click()
  }

  async goToForm(): Promise<void> {
    await this.bar.getByRole('link', { name: 'New Connection' }).click()
    await this.form.heading('New Connection').waitFor()
  }
}
