import { expect, test } from './fixtures/test.ts'

test.describe('the form', () => {
  test('[TP1] every field of every version exists, and comes and goes with its version', async ({
    app,
  }) => {
    const general = [
      ...['Name', 'Protocol', 'Host', 'Port', 'Path', 'Client ID', 'Username', 'Password'],
      ...['MQTT Version', 'Connect Timeout', 'Keep Alive', 'Clean Session', 'Auto Reconnect'],
      ...['Reconnect Period', 'Last-Will Topic', 'Last-Will QoS', 'Last-Will Retain'],
      'Last-Will Payload',
    ]
    const ofVersion5 = [
      ...['Session Expiry Interval', 'Receive Maximum', 'Maximum Packet Size'],
      ...['Topic Alias Maximum', 'Request Response Information', 'Request Problem Information'],
      ...['Authentication Method', 'Will Delay Interval', 'Payload Format Indicator'],
      ...['Message Expiry Interval', 'Content Type', 'Response Topic', 'Correlation Data'],
    ]
    const listsOfVersion5 = ['User Properties', 'Will User Properties']
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.unfold('Last Will and Testament')
    for (const version of ['5.0', '3.1.1', '3.1'] as const) {
      await app.form.fill({ 'MQTT Version': version })
      for (const label of general) await expect(app.form.field(label)).toBeVisible()
      for (const label of ofVersion5) {
        await expect(app.form.field(label)).toBeVisible({ visible: version === '5.0' })
      }
      for (const label of listsOfVersion5) {
        await expect(app.form.group(label)).toBeVisible({ visible: version === '5.0' })
      }
    }
  })

  test('[TP2] what is wrong is said beside the field, and nothing is sent or saved', async ({
    app,
  }) => {
    const wrong: Record<string, [value: string, words: RegExp]> = {
      Host: ['', /host/i],
      Port: ['65536', /65,?535/],
      'Client ID': ['é'.repeat(32_768), /65,?535/],
      'Connect Timeout': ['0', /1/],
      'Keep Alive': ['65536', /65,?535/],
      'Receive Maximum': ['0', /1/],
      'Last-Will Topic': ['plant/+', /wildcard/],
    }
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.unfold('Last Will and Testament')
    for (const [label, [value]] of Object.entries(wrong)) await app.form.fill({ [label]: value })
    await app.form.connect.click()
    for (const [label, [, words]] of Object.entries(wrong)) {
      await expect(app.form.field(label)).toHaveAttribute('aria-invalid', 'true')
      await expect(app.form.field(label)).toHaveAccessibleDescription(words)
    }
    await expect(app.form.field('Host')).toBeFocused()
    await expect(app.connections.items).toHaveCount(0)
  })

  test('[TP2] what is wrong in a list is said beside the list and of its row', async ({ app }) => {
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.unfold('Last Will and Testament')
    await app.form.fill({ Name: 'Lists', 'Last-Will Topic': 'a' })
    for (const label of ['User Properties', 'Will User Properties']) {
      const group = app.form.group(label)
      for (const row of [1, 2]) {
        await group.getByRole('button', { name: 'Add a property' }).click()
        await group.getByLabel(`Name ${row}`).fill('name')
      }
      await group.getByLabel('Value 2').fill('é'.repeat(32_768))
      await app.form.connect.click()
      await expect(group).toHaveAccessibleDescription(/Property 2.*65,?535/)
      await expect(group.getByLabel('Value 2')).toHaveAccessibleDescription(/Property 2.*65,?535/)
      await expect(group.getByLabel('Value 2')).toBeFocused()
      await expect(group.locator('[aria-invalid]')).toHaveCount(1)
      await group.getByLabel('Value 2').fill('short')
      await expect(group.locator('[aria-invalid]')).toHaveCount(0)
    }
    await expect(app.connections.items).toHaveCount(0)
    await app.form.connect.click()
    await expect(app.session.state('Connected')).toBeVisible()
  })

  test('[TP3] an issue in a folded section unfolds it', async ({ app }) => {
    await app.goToForm()
    await app.form.unfold('Last Will and Testament')
    await app.form.fill({ Name: 'Will', 'Last-Will Topic': '#' })
    await app.form.section('Last Will and Testament').click()
    await app.form.connect.click()
    await expect(app.form.field('Last-Will Topic')).toBeFocused()
  })

  for (const [address, scheme, host, port, path] of [
    ['ws://broker.example:8083/mqtt', 'ws', 'broker.example', '8083', '/mqtt'],
    ['wss://broker.example', 'wss', 'broker.example', '443', ''],
    ['mqtt://broker.example:1883', 'ws', 'broker.example', '8083', '/mqtt'],
  ] as const) {
    test(`[TP4] ${address} in Host fills protocol, host, port and path`, async ({ app }) => {
      await app.goToForm()
      await app.form.fill({ Host: address })
      await app.form.field('Host').blur()
      await expect(app.form.field('Host')).toHaveValue(host)
      await expect(app.form.field('Port')).toHaveValue(port)
      await expect(app.form.field('Path')).toHaveValue(path)
      await expect(app.form.field('Protocol')).toHaveValue(scheme)
    })
  }
})

test.describe('a saved connection', () => {
  test('[TP5] Save Only saves without connecting', async ({ app }) => {
    await app.goToForm()
    await app.form.fill({ Name: 'For later' })
    await app.form.saveOnly.click()
    await expect(app.session.heading('For later')).toBeVisible()
    await expect(app.connections.dot('For later', 'Disconnected')).toBeVisible()
    await expect(app.session.connect).toBeVisible()
  })

  test('[TP6] Edit changes it, Duplicate makes another with a client id of its own', async ({
    app,
  }) => {
    await app.connect('First')
    await app.session.choose('Edit')
    await expect(app.form.heading('Edit Connection')).toBeVisible()
    const clientId = await app.form.field('Client ID').inputValue()
    await app.form.fill({ Name: 'Renamed' })
    await app.form.saveOnly.click()
    await expect(app.session.heading('Renamed')).toBeVisible()
    await expect(app.connections.items).toHaveCount(1)

    await app.session.choose('Duplicate')
    await expect(app.form.heading('New Connection')).toBeVisible()
    await expect(app.form.field('Name')).toHaveValue(/Renamed/)
    await expect(app.form.field('Client ID')).not.toHaveValue(clientId)
    await app.form.fill({ Name: 'Second' })
    await app.form.connect.click()
    await expect(app.connections.items).toHaveCount(2)
    await expect(app.connections.dots('Connected')).toHaveCount(2)
  })

  test('[TP7] a deleted one is gone, and Undo brings it back with its messages', async ({
    app,
    device,
  }) => {
    await app.connect('Doomed')
    await app.subscriptions.add('a')
    const sensor = await device()
    await sensor.publish('a', 'remember me', { qos: 1 })
    await expect(app.messages.items).toHaveCount(1)
    await app.session.choose('Delete Connection')
    await expect(app.connections.items).toHaveCount(0)
    await app.notices.undo.click()
    await expect(app.connections.items).toHaveCount(1)
    await app.connections.open('Doomed')
    await expect(app.messages.with('remember me')).toBeVisible()
    await expect(app.subscriptions.item('a')).toBeVisible()
  })

  test('[TP8] Clear Messages empties the log and its counts', async ({ app, device }) => {
    await app.connect('Full')
    await app.subscriptions.add('a')
    const sensor = await device()
    await sensor.publish('a', 'to be cleared', { qos: 1 })
    await expect(app.messages.items).toHaveCount(1)
    await app.session.choose('Clear Messages')
    await app.page.getByRole('dialog').getByRole('button', { name: 'Clear Messages' }).click()
    await expect(app.messages.items).toHaveCount(0)
    await expect(app.status.count('Received')).toHaveText('Received 0')
    await sensor.publish('a', 'afterwards', { qos: 1 })
    await expect(app.messages.items).toHaveText([/afterwards/])
  })
})

test.describe('on a site with presets', () => {
  test.use({
    siteConfig: {
      connections: [
        { name: 'Green house', url: 'wss://green.example:8084/mqtt', version: '3.1.1' },
      ],
    },
  })

  test('[TP9] a preset fills the form', async ({ app, page }) => {
    await page.getByRole('main').getByRole('button', { name: 'Green house' }).click()
    await expect(app.form.field('Name')).toHaveValue('Green house')
    await expect(app.form.field('Host')).toHaveValue('green.example')
    await expect(app.form.field('Port')).toHaveValue('8084')
  })
})
