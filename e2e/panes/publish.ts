import type { Locator, Page } from '@playwright/test'

export type PublishFields = {
  topic?: string
  type?: 'Plaintext' | 'JSON' | 'Base64' | 'Hex'
  qos?: '0' | '1' | '2'
  retain?: boolean
  payload?: string
}

/** The pane at the lower edge. */
export class Publish {
  readonly region: Locator
  readonly topic: Locator
  readonly type: Locator
  readonly qos: Locator
  readonly retain: Locator
  readonly payload: Locator
  readonly button: Locator
  /** Opens the dialog of the properties. */
  readonly properties: Locator
  readonly propertiesDone: Locator
  readonly #dialog: Locator

  constructor(page: Page) {
    this.#dialog = page.getByRole('dialog', { name: 'Message Properties' })
    this.propertiesDone = this.#dialog.getByRole('button', { name: 'Done' })
    this.region = page.getByRole('region', { name: 'Publish' })
    this.topic = this.region.getByLabel('Topic', { exact: true })
    this.type = this.region.getByLabel('Payload Type', { exact: true })
    this.qos = this.region.getByLabel('QoS', { exact: true })
    this.retain = this.region.getByLabel('Retain', { exact: true })
    this.payload = this.region.getByRole('textbox', { name: 'Payload', exact: true })
    this.button = this.region.getByRole('button', { name: 'Publish', exact: true })
    this.properties = this.region.getByRole('button', { name: /^Properties/ })
  }

  /** A field of the dialog. */
  property(label: string): Locator {
    return this.#dialog.getByLabel(label, { exact: true })
  }

  async addUserProperty(name: string, value: string): Promise<void> {
    const list = this.#dialog.getByRole('group', { name: 'User Properties' })
    const row = (await list.getByRole('listitem').count()) + 1
    await list.getByRole('button', { name: 'Add' }).click()
    await list.getByLabel(`Name ${row}`, { exact: true }).fill(name)
    await list.getByLabel(`Value ${row}`, { exact: true }).fill(value)
  }

  async fill({ topic, type, qos, retain, payload }: PublishFields): Promise<void> {
    if (topic !== undefined) await this.topic.fill(topic)
    if (type !== undefined) await this.type.selectOption({ label: type })
    if (qos !== undefined) await this.qos.selectOption(qos)
    if (retain !== undefined) await this.retain.setChecked(retain)
    if (payload !== undefined) await this.payload.fill(payload)
  }

  async send(fields: PublishFields = {}): Promise<void> {
    await this.fill(fields)
    await this.button.click()
  }
}
