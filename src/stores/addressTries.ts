import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import { addressOf, type BrokerAddress, type Profile } from '@/core/profile.ts'
import { useConnections } from './connections.ts'

/** Other addresses of a broker that cannot be reached, tried with one click, and the way back. */
export const useAddressTries = defineStore('addressTries', () => {
  const connections = useConnections()
  const originals = shallowRef<ReadonlyMap<ConnectionId, BrokerAddress>>(new Map())

  /** The address before the first try; undefined when it has not been changed. */
  function original(connection: ConnectionId): BrokerAddress | undefined {
    return originals.value.get(connection)
  }

  /** Saves the profile with another address, which the next start keeps, and connects to it. */
  function attempt(profile: Profile, address: BrokerAddress) {
    if (!originals.value.has(profile.id)) {
      originals.value = new Map(originals.value).set(profile.id, addressOf(profile))
    }
    connections.reconnectWith({ ...profile, ...address })
  }

  /** The address has proved right. */
  function forget(connection: ConnectionId) {
    const rest = new Map(originals.value)
    if (rest.delete(connection)) originals.value = rest
  }

  return { original, attempt, forget }
})
