import { computed, watch } from 'vue'
import { useRouter } from 'vue-router'
import type { ConnectionFailure } from '@/core/failure.ts'
import { hostInUrl } from '@/core/host.ts'
import type { ConnectionId } from '@/core/id.ts'
import { formIssues } from '@/core/profileForm/formIssues.ts'
import { formOf } from '@/core/profileForm/profileForm.ts'
import type { Profile } from '@/core/profile.ts'
import { withVersion } from '@/core/versionToTry.ts'
import { describeFailure } from '@/i18n/describeFailure.ts'
import { askForNetwork } from '@/stores/askForNetwork.ts'
import { useAddressTries } from '@/stores/addressTries.ts'
import { useConnections } from '@/stores/connections.ts'
import { freshClientId } from '@/stores/freshIds.ts'
import { waysOn, type WayOn } from './waysOn.ts'

/** What is wrong with a connection, and the ways on. */
export function useTrouble(connection: () => ConnectionId) {
  const connections = useConnections()
  const tries = useAddressTries()
  const router = useRouter()

  const snapshot = computed(() => connections.get(connection()))
  const failure = computed((): ConnectionFailure | undefined => {
    const state = snapshot.value?.state
    return state && 'failure' in state ? state.failure : undefined
  })
  const words = computed(() => failure.value && describeFailure(failure.value))
  const isWished = computed(() => failure.value?.code === 'dropped')

  /** Where a certificate could be accepted; undefined when that would not help. */
  const origin = computed(() => {
    const profile = snapshot.value?.profile
    if (failure.value?.code !== 'unreachable' || profile?.scheme !== 'wss') return undefined
    return `https://${hostInUrl(profile.host)}:${profile.port}`
  })

  const ways = computed(() => {
    const profile = snapshot.value?.profile
    return failure.value && profile
      ? waysOn(failure.value, profile, tries.original(profile.id))
      : []
  })

  // The address that leads to a broker is the right one.
  watch(
    () => snapshot.value?.state.phase,
    (phase) => {
      if (phase === 'connected') tries.forget(connection())
    },
  )

  function edit() {
    void router.push({ name: 'edit', params: { connection: connection() } })
  }

  async function askAndRetry(id: ConnectionId, url: string) {
    await askForNetwork(url)
    // Meanwhile the user may have stopped it.
    const state = connections.get(id)?.state
    if (state && 'failure' in state) connections.connect(id)
  }

  /** Does what the way says, which mostly is to change the profile and connect. */
  function take(way: WayOn) {
    const profile = snapshot.value?.profile
    if (!profile) return
    switch (way.kind) {
      case 'address':
        tries.attempt(profile, way.address)
        return
      case 'permission':
        void askAndRetry(profile.id, way.url)
        return
      case 'version':
        reconnectWith(withVersion(profile, way.version))
        return
      case 'clientId':
        reconnectWith({ ...profile, clientId: freshClientId() })
        return
      case 'keepAlive':
        reconnectWith({ ...profile, keepAlive: way.keepAlive })
    }
  }

  /** Connects with a changed profile; where its rules forbid that, opens the form. */
  function reconnectWith(profile: Profile) {
    if (Object.keys(formIssues(formOf(profile))).length > 0) edit()
    else connections.reconnectWith(profile)
  }

  return { snapshot, words, isWished, origin, ways, edit, take }
}
