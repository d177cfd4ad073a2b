import { addressesToTry } from '@/core/addressesToTry.ts'
import type { ConnectionFailure } from '@/core/failure.ts'
import { isClientIdRefused } from '@/core/finality.ts'
import { hostInUrl } from '@/core/host.ts'
import { TCP_PORTS } from '@/core/profileForm/address.ts'
import { keepAliveBelow } from '@/core/idleness.ts'
import type { BrokerAddress, MqttVersion, Profile } from '@/core/profile.ts'
import { scramMethod } from '@/core/scram/scramMethod.ts'
import { versionToTry } from '@/core/versionToTry.ts'
import type { Seconds } from '@/core/units.ts'
import { t } from '@/i18n/translate.ts'

/** One click that may end a failure, and what it says. */
export type WayOn = { label: string } & (
  | { kind: 'version'; version: MqttVersion }
  | { kind: 'address'; address: BrokerAddress }
  | { kind: 'clientId' }
  | { kind: 'permission'; url: string }
  | { kind: 'keepAlive'; keepAlive: Seconds }
)

/**
 * What is worth a click after a failure, likeliest first. `original` is the address before others were
 * tried: there is always a way back to it.
 */
export function waysOn(
  failure: ConnectionFailure,
  profile: Profile,
  original: BrokerAddress | undefined,
): WayOn[] {
  const ways: WayOn[] = []
  const isTcp = TCP_PORTS.includes(String(profile.port))
  if (failure.code === 'unreachable' && failure.withheld?.because === 'prompt' && !isTcp) {
    const label = t('connection.trouble.askBrowser')
    ways.push({ kind: 'permission', url: failure.url, label })
  }
  // An older version would send the password that an exchange keeps to itself, and whoever plays the
  // broker could ask for it.
  const isSecret = scramMethod(profile.properties.authenticationMethod) !== undefined
  const version = isSecret ? undefined : versionToTry(failure, profile.version)
  if (version) {
    const label = t('connection.trouble.useVersion', { version })
    ways.push({ kind: 'version', version, label })
  }
  if (isClientIdRefused(failure)) {
    ways.push({ kind: 'clientId', label: t('connection.trouble.useClientId') })
  }
  if (failure.code === 'connection-lost' && failure.idle !== undefined) {
    const keepAlive = keepAliveBelow(failure.idle)
    const isShorter = profile.keepAlive === 0 || keepAlive < profile.keepAlive
    const label = t('connection.trouble.useKeepAlive', { keepAlive })
    if (isShorter) ways.push({ kind: 'keepAlive', keepAlive, label })
  }
  const others = addressesToTry(failure, profile).filter((other) => !isSame(other, original))
  for (const address of others) {
    const change = describeChange(profile, address)
    ways.push({ kind: 'address', address, label: t('connection.trouble.try', { change }) })
  }
  if (original && !isSame(original, profile)) {
    const change = describeChange(profile, original)
    const label = t('connection.trouble.backTo', { change })
    ways.push({ kind: 'address', address: original, label })
  }
  return ways
}

/** What another address changes, in words: its host, its path, its port, or all but the host. */
function describeChange(from: BrokerAddress, to: BrokerAddress): string {
  if (from.host !== to.host) {
    return t('connection.trouble.host', { place: `${hostInUrl(to.host)}:${to.port}` })
  }
  if (from.scheme !== to.scheme) {
    return t('connection.trouble.secure', { scheme: `${to.scheme}://`, port: String(to.port) })
  }
  if (from.port !== to.port) return t('connection.trouble.port', { port: String(to.port) })
  return t('connection.trouble.path', { path: to.path || '/' })
}

function isSame(one: BrokerAddress, other: BrokerAddress | undefined): boolean {
  if (!other) return false
  const isSamePlace = one.scheme === other.scheme && one.host === other.host
  return isSamePlace && one.port === other.port && (one.path || '/') === (other.path || '/')
}
