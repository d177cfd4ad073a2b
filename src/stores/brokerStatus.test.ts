import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import type { Command } from '@/engine/protocol.ts'
import { useBrokerStatus, type BrokerStatusEvent } from './brokerStatus.ts'
import { useEngine } from './engine.ts'

const connection = '0000000000000001' as ConnectionId
const other = '0000000000000002' as ConnectionId

let sent: Command[]

beforeEach(() => {
  setActivePinia(createPinia())
  sent = []
  vi.spyOn(useEngine(), 'send').mockImplementation((command) => sent.push(command))
})

function event(from: ConnectionId): BrokerStatusEvent {
  const update = { values: [], start: 0, letGo: 0 }
  const grant = { state: 'pending' } as const
  return { type: 'brokerStatus', connection: from, grant, isWhole: true, ...update }
}

test('[BS1] the engine is told when the first begins to look and when the last one stops', () => {
  const status = useBrokerStatus()
  const [one, two] = [vi.fn(), vi.fn()]
  const endOne = status.watch(connection, one)
  const endTwo = status.watch(connection, two)
  status.receive(event(connection))
  status.receive(event(other))
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 1])
  endOne()
  expect(sent.map(({ type }) => type)).toEqual(['watchBroker', 'watchBroker'])
  endTwo()
  expect(sent.at(-1)).toEqual({ type: 'unwatchBroker', connection })
  status.receive(event(connection))
  expect(two).toHaveBeenCalledTimes(1)
})

test('[BS1] an engine that has just started is asked again for those who look', () => {
  const status = useBrokerStatus()
  status.watch(connection, () => undefined)
  const end = status.watch(other, () => undefined)
  end()
  sent.length = 0
  status.resume()
  expect(sent).toEqual([{ type: 'watchBroker', connection }])
})
