import { NO_LIMITS, type ServerLimits } from '@/core/session.ts'
import type { ServerProperties } from './serverProperties.ts'

/** What a CONNACK says about the server; what it does not say is the default (MQTT 5.0 §3.2.2.3). */
export function serverLimits(properties: ServerProperties): ServerLimits {
  const { maximumQoS, retainAvailable, wildcardAvailable, sharedAvailable, ...rest } = properties
  const { subscriptionIdentifiersAvailable, ...said } = rest
  return {
    ...NO_LIMITS,
    ...said,
    maximumQoS: maximumQoS === 0 || maximumQoS === 1 ? maximumQoS : 2,
    retainAvailable: retainAvailable !== 0,
    wildcardAvailable: wildcardAvailable !== 0,
    sharedAvailable: sharedAvailable !== 0,
    subscriptionIdentifiersAvailable: subscriptionIdentifiersAvailable !== 0,
  }
}
