import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import { timeoutOf, type RequestFields } from '@/core/requests/requestForm.ts'
import type { Seconds } from '@/core/units.ts'
import { recallRequests, rememberRequests, type RememberedRequests } from './rememberedRequests.ts'

export type RequestMemory = {
  memory: Readonly<ShallowRef<RememberedRequests>>
  edit: (part: Partial<RequestFields>) => void
  /** Notes the time-out of a request that is about to be sent. */
  note: (correlation: string, timeout: Seconds) => void
  /** The time-out of a request; the one in the field where it was sent elsewhere. */
  timeoutFor: (correlation: string) => Seconds
}

/** The fields and time-outs of a console, kept for as long as the tab lives. */
export function useRequestMemory(connection: ConnectionId): RequestMemory {
  const memory = shallowRef(recallRequests(connection))
  const save = () => rememberRequests(connection, memory.value)

  function edit(part: Partial<RequestFields>) {
    const { fields, timeouts } = memory.value
    memory.value = { fields: { ...fields, ...part }, timeouts }
  }

  function note(correlation: string, timeout: Seconds) {
    const { fields, timeouts } = memory.value
    memory.value = { fields, timeouts: new Map(timeouts).set(correlation, timeout) }
    // At once: it may be sent when the console has been left.
    save()
  }

  function timeoutFor(correlation: string): Seconds {
    const { fields, timeouts } = memory.value
    return timeouts.get(correlation) ?? timeoutOf(fields)
  }

  // Not with each key, which a long payload would slow down.
  onMounted(() => globalThis.addEventListener('pagehide', save))
  onScopeDispose(() => {
    globalThis.removeEventListener('pagehide', save)
    save()
  })

  return { memory, edit, note, timeoutFor }
}
