import type { ServerLimits } from '@/core/session.ts'
import type { ServerProperties } from './serverProperties.ts'

/** What a CONNACK says about the server; what it does not say is the default (MQTT 5.0 §3.2.2.3). */
export function serverLimits(properties: ServerProperties): ServerLimits {
  const { maximumQoS, maximumPacketSize, serverKeepAlive, assignedClientId } = properties
  return {
    maximumQoS: maximumQoS === 0 || maximumQoS === 1 ? maximumQoS : 2,
    retainAvailable: properties.retainAvailable !== 0,
    wildcardAvailable: properties.wildcardAvailable !== 0,
    sharedAvailable: properties.sharedAvailable !== 0,
    subscriptionIdentifiersAvailable: properties.subscriptionIdentifiersAvailable !== 0,
    ...(maximumPacketSize === undefined ? {} : { maximumPacketSize }),
    ...(serverKeepAlive === undefined ? {} : { serverKeepAlive }),
    ...(assignedClientId === undefined ? {} : { assignedClientId }),
  }
}
