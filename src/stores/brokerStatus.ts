import { defineStore } from 'pinia'
import type { ConnectionId } from '@/core/id.ts'
import type { EngineEvent } from '@/engine/protocol.ts'
import { useEngine } from './engine.ts'

export type BrokerStatusEvent = Extract<EngineEvent, { type: 'brokerStatus' }>

export type StatusReader = (event: BrokerStatusEvent) => void

/** Watches what brokers tell of themselves for whoever shows it. Holds nothing of it. */
export const useBrokerStatus = defineStore('brokerStatus', () => {
  const engine = useEngine()
  const readers = new Map<ConnectionId, Set<StatusReader>>()

  /** Gives `read` all that is known and then what comes. The function that it returns ends that. */
  function watch(connection: ConnectionId, read: StatusReader): () => void {
    const ofConnection = readers.get(connection) ?? new Set()
    readers.set(connection, ofConnection)
    ofConnection.add(read)
    ask(connection)
    return () => {
      ofConnection.delete(read)
      if (ofConnection.size > 0) return
      readers.delete(connection)
      engine.send({ type: 'unwatchBroker', connection })
    }
  }

  /** Watches, or where it does so already has the broker asked once more after a refusal. */
  function ask(connection: ConnectionId) {
    engine.send({ type: 'watchBroker', connection })
  }

  function receive(event: BrokerStatusEvent) {
    for (const read of readers.get(event.connection) ?? []) read(event)
  }

  /** An engine that has just started knows of no reader. */
  function resume() {
    for (const connection of readers.keys()) ask(connection)
  }

  return { watch, ask, receive, resume }
})
