import { expect, test } from 'vitest'
import { isBlockedPort } from './blockedPorts.ts'

test('[FW12] the ports that brokers usually have are open to browsers, those of old services are not', () => {
  for (const port of [80, 443, 1883, 8080, 8083, 8084, 8883, 9001]) {
    expect(isBlockedPort(port), String(port)).toBe(false)
  }
  for (const port of [25, 6000, 6667, 10080]) expect(isBlockedPort(port), String(port)).toBe(true)
})
