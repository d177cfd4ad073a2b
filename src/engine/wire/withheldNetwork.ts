import type { Withheld } from '@/core/failure.ts'
import { nearNetwork } from '@/core/host.ts'

/** Names of the permission, newest first. Chromium 142 to 144 had one for both networks. */
const PERMISSIONS = {
  loopback: ['loopback-network', 'local-network-access'],
  local: ['local-network', 'local-network-access'],
} as const

/** The part of a worker's scope that tells where its page is from and what it may do. */
type Scope = {
  location?: { hostname: string }
  isSecureContext?: boolean
  navigator?: { permissions?: Pick<Permissions, 'query'> }
}

/**
 * What keeps this page from a host of a near network, or undefined where nothing does or nobody knows:
 * the page is of such a network itself, has the permission, or the browser knows none by that name.
 * Never rejects.
 */
export async function withheldNetwork(
  host: string,
  { location, isSecureContext, navigator }: Scope = globalThis,
): Promise<Withheld | undefined> {
  const network = nearNetwork(host)
  if (!network || !location || nearNetwork(location.hostname)) return undefined
  for (const name of PERMISSIONS[network]) {
    try {
      const status = await navigator?.permissions?.query({ name: name as PermissionName })
      if (!status) return undefined
      // Whatever the state of a page over http says, a grant has no effect on it.
      if (isSecureContext === false) return { network, because: 'insecure' }
      return status.state === 'granted' ? undefined : { network, because: status.state }
    } catch {
      // A browser that does not know the name; another one may have it.
    }
  }
  return undefined
}
