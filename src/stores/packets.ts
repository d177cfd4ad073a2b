import { defineStore } from 'pinia'
import type { ConnectionId } from '@/core/id.ts'
import type { TraceUpdate } from '@/core/packet/packetRecord.ts'
import type { EngineEvent } from '@/engine/protocol.ts'
import { useEngine } from './engine.ts'

type Packets = Extract<EngineEvent, { type: 'packets' }>

/** Takes what is new in a trace; `isWhole`: it is all there is, so what was there before is gone. */
export type TraceReader = (update: TraceUpdate, isWhole: boolean) => void

/** Watches the packets of connections for whoever shows them. Holds no packet. */
export const usePackets = defineStore('packets', () => {
  const engine = useEngine()
  const readers = new Map<ConnectionId, Set<TraceReader>>()

  /** Gives `read` all that is kept and then what comes. The function that it returns ends that. */
  function watch(connection: ConnectionId, read: TraceReader): () => void {
    const ofConnection = readers.get(connection) ?? new Set()
    readers.set(connection, ofConnection)
    ofConnection.add(read)
    engine.send({ type: 'watchPackets', connection })
    return () => {
      ofConnection.delete(read)
      if (ofConnection.size > 0) return
      readers.delete(connection)
      engine.send({ type: 'unwatchPackets', connection })
    }
  }

  function receive({ connection, isWhole, ...update }: Packets) {
    for (const read of readers.get(connection) ?? []) read(update, isWhole)
  }

  /** An engine that has just started knows of no reader. */
  function resume() {
    for (const connection of readers.keys()) engine.send({ type: 'watchPackets', connection })
  }

  return { watch, receive, resume }
})
