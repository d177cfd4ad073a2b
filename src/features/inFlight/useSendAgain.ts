import { shallowRef } from 'vue'
import type { PublishFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Seq } from '@/core/units.ts'
import { useUnacknowledged } from '@/stores/unacknowledged.ts'

/** Sends messages again; `failure` is why the last ones were not all sent. */
export function useSendAgain(connection: () => ConnectionId) {
  const unacknowledged = useUnacknowledged()
  const failure = shallowRef<PublishFailure>()

  async function send(seqs: readonly Seq[]) {
    failure.value = undefined
    failure.value = await unacknowledged.sendAgain(connection(), seqs)
  }

  return { failure, send }
}
