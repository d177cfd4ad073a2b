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

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Publish' })
    this.topic = this.region.getByLabel('Topic', { exact: true })
    this.type = this.region.getByLabel('Payload Type', { exact: true })
    this.qos = this.region.getByLabel('QoS', { exact: true })
    this.retain = this.region.getByLabel('Retain', { exact: true })
    this.payload = this.region.getByRole('textbox', { name: 'Payload', exact: true })
    this.button = this.region.getByRole('button', { name: 'Publish', exact: true })
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
