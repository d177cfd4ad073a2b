import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Command, EngineEvent, RequestId } from '@/engine/protocol.ts'
import { openEnginePort, type EnginePort } from './enginePort.ts'

/**
 * How it stands with the engine: `occupied` another tab's engine is in charge, `retired` a newer build
 * took over, `broken` it could not start, `silent` it stopped answering.
 */
export type EngineHealth = 'starting' | 'running' | 'occupied' | 'retired' | 'broken' | 'silent'

/** The one way from the page to the engine. What comes back is spread by `dispatch.ts`. */
export const useEngine = defineStore('engine', () => {
  const health = ref<EngineHealth>('starting')
  const detail = ref('')
  const port = shallowRef<EnginePort>()
  let lastRequest: RequestId = 0

  /** Starts the engine; call once, from the composition root. Never throws. */
  function start(script: URL, onEvent: (event: EngineEvent) => void) {
    try {
      port.value = openEnginePort(script, {
        onEvent,
        onTrouble: (trouble) => {
          if (health.value === 'starting' || health.value === 'running') health.value = trouble
        },
      })
    } catch (error) {
      // The browser denies workers, for example where all data of sites is blocked.
      health.value = 'broken'
      detail.value = error instanceof Error ? error.message : String(error)
    }
  }

  /** Sends a command. Before the engine has started it is lost, so no pane is shown until then. */
  function send(command: Command) {
    port.value?.send(command)
  }

  /** Loads the page anew; an engine that does not answer is left behind. */
  function reload() {
    if (health.value === 'silent') port.value?.abandon()
    location.reload()
  }

  function nextRequest(): RequestId {
    lastRequest += 1
    return lastRequest
  }

  return { health, detail, start, send, reload, nextRequest }
})
