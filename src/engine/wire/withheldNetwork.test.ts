import { expect, test } from 'vitest'
import { withheldNetwork } from './withheldNetwork.ts'

/** A page at this host, in a browser with these permissions; it knows no others. */
function page(
  hostname: string,
  permissions: Record<string, PermissionState>,
  isSecureContext = true,
) {
  const query = ({ name }: PermissionDescriptor) => {
    const state = permissions[name]
    if (state) return Promise.resolve({ state } as PermissionStatus)
    return Promise.reject(new TypeError(`${name} is not a permission`))
  }
  return { location: { hostname }, isSecureContext, navigator: { permissions: { query } } }
}

const ASKS = { 'loopback-network': 'denied', 'local-network': 'prompt' } as const

test('[FW16] each of the two networks has a permission of its own', async () => {
  const site = page('mqtab.example', ASKS)
  expect(await withheldNetwork('127.0.0.1', site)).toEqual({
    network: 'loopback',
    because: 'denied',
  })
  expect(await withheldNetwork('192.168.0.9', site)).toEqual({
    network: 'local',
    because: 'prompt',
  })
})

test('[FW16] browsers that had one permission for both are asked for that', async () => {
  const site = page('mqtab.example', { 'local-network-access': 'prompt' })
  expect(await withheldNetwork('::1', site)).toEqual({ network: 'loopback', because: 'prompt' })
  expect(await withheldNetwork('10.0.0.1', site)).toEqual({ network: 'local', because: 'prompt' })
})

test('[FW16] a page over http is kept out whatever its permission', async () => {
  for (const state of ['prompt', 'denied', 'granted'] as const) {
    const site = page('mqtab.example', { 'local-network': state }, false)
    expect(await withheldNetwork('10.0.0.1', site)).toEqual({
      network: 'local',
      because: 'insecure',
    })
  }
})

test('[FW16] nothing is said of a host that may be anywhere, or with the permission', async () => {
  expect(await withheldNetwork('broker.example', page('mqtab.example', ASKS))).toBeUndefined()
  const granted = page('mqtab.example', { 'loopback-network': 'granted' })
  expect(await withheldNetwork('localhost', granted)).toBeUndefined()
})

test('[FW16] nothing is said to a page of a near network', async () => {
  for (const hostname of ['localhost', '192.168.0.2', '[fd00::1]', 'nas.local']) {
    expect(await withheldNetwork('10.0.0.1', page(hostname, ASKS))).toBeUndefined()
  }
})

test('[FW16] nothing is said where the browser knows no such permission', async () => {
  expect(await withheldNetwork('10.0.0.1', page('mqtab.example', {}))).toBeUndefined()
  const location = { hostname: 'mqtab.example' }
  expect(await withheldNetwork('10.0.0.1', { location, navigator: {} })).toBeUndefined()
  expect(await withheldNetwork('10.0.0.1', {})).toBeUndefined()
})
