import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { DisconnectRequest } from '@/core/disconnect.ts'
import type { Draft } from '@/core/draft.ts'
import type { ConnectionId, SubscriptionId } from '@/core/id.ts'
import type { Profile } from '@/core/profile.ts'
import type { Subscription } from '@/core/subscription.ts'
import type { LogTotals } from '@/core/totals.ts'
import type { ConnectionSnapshot } from '@/engine/protocol.ts'
import { useEngine } from './engine.ts'

/**
 * What the engine last said of each connection. Nothing here is guessed ahead: an action sends a
 * command, and the screen changes when the event comes back, in every tab alike.
 */
export const useConnections = defineStore('connections', () => {
  const engine = useEngine()

  /** Replaced at each change, never mutated, so that readers depend on one reference. */
  const snapshots = shallowRef<ReadonlyMap<ConnectionId, ConnectionSnapshot>>(new Map())
  const list = computed(() => [...snapshots.value.values()])
  /** The connection that connected last; its broker starts the next form. It may be deleted by now. */
  const lastConnected = shallowRef<ConnectionId>()
  /** Drafts that the engine has not said back yet. */
  const draftsSent = new Map<ConnectionId, Draft>()

  function get(connection: ConnectionId): ConnectionSnapshot | undefined {
    return snapshots.value.get(connection)
  }

  // --- what the engine says -----------------------------------------------------------------

  function replaceAll(connections: ConnectionSnapshot[], last: ConnectionId | undefined) {
    draftsSent.clear()
    snapshots.value = new Map(connections.map((snapshot) => [snapshot.profile.id, snapshot]))
    lastConnected.value = last
  }

  function put(snapshot: ConnectionSnapshot) {
    const next = new Map(snapshots.value).set(snapshot.profile.id, snapshot)
    // A restored connection returns to its old place, which its time of making tells.
    const ordered = [...next.values()].sort((a, b) => a.profile.createdAt - b.profile.createdAt)
    snapshots.value = new Map(ordered.map((each) => [each.profile.id, each]))
  }

  function forget(connection: ConnectionId) {
    const next = new Map(snapshots.value)
    next.delete(connection)
    snapshots.value = next
    draftsSent.delete(connection)
  }

  function change(connection: ConnectionId, part: Partial<ConnectionSnapshot>) {
    const snapshot = get(connection)
    if (!snapshot) return
    snapshots.value = new Map(snapshots.value).set(connection, { ...snapshot, ...part })
    // A connected state is said again with each ping.
    const hasConnected = part.state?.phase === 'connected' && snapshot.state.phase !== 'connected'
    if (hasConnected) lastConnected.value = connection
  }

  function changeTotals(totals: [ConnectionId, LogTotals][]) {
    const next = new Map(snapshots.value)
    for (const [connection, counts] of totals) {
      const snapshot = next.get(connection)
      if (snapshot) next.set(connection, { ...snapshot, totals: counts })
    }
    snapshots.value = next
  }

  // --- what the user does -------------------------------------------------------------------

  function save(profile: Profile) {
    engine.send({ type: 'saveProfile', profile })
  }

  /** The connection disappears at once and can be restored for `UNDO_WINDOW`. */
  function remove(connection: ConnectionId) {
    engine.send({ type: 'deleteProfile', connection })
  }

  function restore(connection: ConnectionId) {
    engine.send({ type: 'restoreProfile', connection })
  }

  function connect(connection: ConnectionId) {
    engine.send({ type: 'connect', connection })
  }

  /** `request` is what DISCONNECT says on MQTT 5. */
  function disconnect(connection: ConnectionId, request?: DisconnectRequest) {
    engine.send({ type: 'disconnect', connection, ...(request && { request }) })
  }

  /** Saves a changed profile and connects with it at once, whatever the connection is doing. */
  function reconnectWith(profile: Profile) {
    disconnect(profile.id)
    save(profile)
    connect(profile.id)
  }

  function drop(connection: ConnectionId) {
    engine.send({ type: 'drop', connection })
  }

  /**
   * Changes a part of a draft. Two panes share one draft, so a part joins what was sent last, even
   * before the engine has said it back: neither pane takes back what the other has just changed.
   * Nothing happens when there is no such connection.
   */
  function saveDraft(connection: ConnectionId, part: Partial<Draft>) {
    const latest = draftsSent.get(connection) ?? get(connection)?.draft
    if (!latest) return
    const draft = { ...latest, ...part }
    draftsSent.set(connection, draft)
    engine.send({ type: 'saveDraft', connection, draft })
  }

  /** Takes the engine's draft; when it is the one sent last, nothing is on its way any more. */
  function changeDraft(connection: ConnectionId, draft: Draft) {
    const sent = draftsSent.get(connection)
    if (sent && isSameDraft(sent, draft)) draftsSent.delete(connection)
    change(connection, { draft })
  }

  function saveSubscription(connection: ConnectionId, subscription: Subscription) {
    engine.send({ type: 'saveSubscription', connection, subscription })
  }

  function removeSubscription(connection: ConnectionId, subscription: SubscriptionId) {
    engine.send({ type: 'removeSubscription', connection, subscription })
  }

  function markSeen(connection: ConnectionId, received: number) {
    engine.send({ type: 'markSeen', connection, received })
  }

  function clearMessages(connection: ConnectionId) {
    engine.send({ type: 'clearMessages', connection })
  }

  return {
    snapshots,
    list,
    lastConnected,
    get,
    replaceAll,
    put,
    forget,
    change,
    changeTotals,
    changeDraft,
    save,
    remove,
    restore,
    connect,
    disconnect,
    reconnectWith,
    drop,
    saveDraft,
    saveSubscription,
    removeSubscription,
    markSeen,
    clearMessages,
  }
})

function isSameDraft(one: Draft, other: Draft): boolean {
  return (Object.keys(one) as (keyof Draft)[]).every((key) => one[key] === other[key])
}
