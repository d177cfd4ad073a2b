import { computed } from 'vue'
import { useRouter } from 'vue-router'
import type { ConnectionFailure } from '@/core/failure.ts'
import { hostInUrl } from '@/core/host.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Profile } from '@/core/profile.ts'
import { formIssues } from '@/core/profileForm/formIssues.ts'
import { formOf } from '@/core/profileForm/profileForm.ts'
import { versionToTry, withVersion } from '@/core/versionToTry.ts'
import { describeFailure } from '@/i18n/describeFailure.ts'
import { useConnections } from '@/stores/connections.ts'

/** What is wrong with a connection, and the ways on. */
export function useTrouble(connection: () => ConnectionId) {
  const connections = useConnections()
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

  const otherVersion = computed(() => {
    const profile = snapshot.value?.profile
    return failure.value && profile && versionToTry(failure.value, profile.version)
  })

  function edit() {
    void router.push({ name: 'edit', params: { connection: connection() } })
  }

  /** Saves the other version and connects with it; where its rules forbid that, opens the form. */
  function useOtherVersion() {
    const profile = snapshot.value?.profile
    if (!profile || !otherVersion.value) return
    const next = withVersion(profile, otherVersion.value)
    if (Object.keys(formIssues(formOf(next))).length > 0) {
      edit()
      return
    }
    connectWith(next)
  }

  function connectWith(profile: Profile) {
    connections.disconnect(profile.id)
    connections.save(profile)
    connections.connect(profile.id)
  }

  return { snapshot, words, isWished, origin, otherVersion, edit, useOtherVersion }
}
