import { Broker, type BrokerOptions } from '../broker.ts'
import { ManualClock } from './manualClock.ts'

/** A broker whose time stands still until the test moves it, and whose own mistakes fail the test. */
export function testBroker(options: BrokerOptions = {}): { broker: Broker; clock: ManualClock } {
  const clock = new ManualClock()
  const onError = (error: unknown) => {
    throw error
  }
  return { broker: new Broker({ clock, onError, ...options }), clock }
}
