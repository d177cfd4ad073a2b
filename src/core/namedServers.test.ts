import { expect, test } from 'vitest'
import { namedServers } from './namedServers.ts'

const from = { scheme: 'wss', host: 'old.example', port: 8084, path: '/mqtt' } as const

test('[FW15] the servers that a broker names are read, with what is missing from the old address', () => {
  expect(namedServers('new.example other.example:443 [2001:db8::1]:9001', from)).toEqual([
    { ...from, host: 'new.example' },
    { ...from, host: 'other.example', port: 443 },
    { ...from, host: '2001:db8::1', port: 9001 },
  ])
})

test.each(['', undefined, 'a b:99999x', ':8084', 'https://x/', 'bad host:0'])(
  '[FW15] what is no address leads nowhere: %s',
  (reference) => {
    for (const { port } of namedServers(reference, from)) expect(port).toBe(8084)
  },
)
